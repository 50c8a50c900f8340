import { m } from '#lib/paraglide/messages.js';
import type { ItemState } from '#lib/server/promotions/item-state.ts';
import type { JudgedItem } from '#lib/server/promotions/judged-case.ts';
import { itemStateWords, itemWords, resultWords } from './item-words.ts';

type Items = readonly JudgedItem[];

/** What the sheet for the organisation department says of the class: how it stands, and which it was. */
export const classWords = (items: Items): string => ofKind(items, 'event');

/** The same of the exam, with every score. */
export const examWords = (items: Items): string => ofKind(items, 'exam');

function ofKind(items: Items, kind: 'event' | 'exam'): string {
	return items
		.filter(({ asked }) => asked.kind === kind)
		.map((item) => [itemStateWords[item.state](), resultWords(item)].filter(Boolean).join(' '))
		.join(m.completion_separator());
}

/** Whether everything was, or still can be, done in time. */
export function timelyWords(items: Items): string {
	const has = (...states: ItemState[]) => items.some(({ state }) => states.includes(state));
	if (items.length === 0) return '';
	if (has('overdue')) return m.promotions_timely_overdue();
	if (has('open', 'postponed')) return m.promotions_timely_running();
	if (has('done-late')) return m.promotions_timely_late();
	return has('done') ? m.promotions_timely_on() : m.promotions_timely_exempt();
}

/** What is neither done nor exempt. */
export const missingOf = (items: Items): JudgedItem[] =>
	items.filter(({ completedAt, exemptAt }) => !completedAt && !exemptAt);

export const missingWords = (items: Items): string => missingOf(items).map(itemWords).join(m.completion_separator());
