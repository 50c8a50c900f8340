import { m } from '#lib/paraglide/messages.js';
import type { CaseItem } from '#lib/server/promotions/case-items.ts';
import { type ItemState, itemStateOf } from '#lib/server/promotions/item-state.ts';
import { itemStateWords, itemWords, resultWords } from './item-words.ts';

type Items = readonly CaseItem[];

/** What the sheet for the organisation department says of the class: how it stands, and which it was. */
export const classWords = (items: Items, today: string): string => ofKind(items, today, 'event');

/** The same of the exam, with every score. */
export const examWords = (items: Items, today: string): string => ofKind(items, today, 'exam');

function ofKind(items: Items, today: string, kind: 'event' | 'exam'): string {
	return items
		.filter(({ asked }) => asked.kind === kind)
		.map((item) => [itemStateWords[itemStateOf(item, today)](), resultWords(item)].filter(Boolean).join(' '))
		.join(m.completion_separator());
}

/** Whether everything was, or still can be, done in time. */
export function timelyWords(items: Items, today: string): string {
	const has = (...states: ItemState[]) => items.some((item) => states.includes(itemStateOf(item, today)));
	if (items.length === 0) return '';
	if (has('overdue')) return m.promotions_timely_overdue();
	if (has('open', 'postponed')) return m.promotions_timely_running();
	if (has('done-late')) return m.promotions_timely_late();
	return has('done') ? m.promotions_timely_on() : m.promotions_timely_exempt();
}

/** What is neither done nor exempt. */
export const missingOf = (items: Items): CaseItem[] =>
	items.filter(({ completedAt, exemptAt }) => !completedAt && !exemptAt);

export const missingWords = (items: Items): string => missingOf(items).map(itemWords).join(m.completion_separator());
