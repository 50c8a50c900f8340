import { type Asked, askedWords } from '#lib/components/programmes/asked-words.ts';
import { formatDate } from '#lib/format/dates.ts';
import { m } from '#lib/paraglide/messages.js';

/** One thing of which a digest reminds. */
export type DigestItem = {
	kind: 'duty' | 'exam' | 'event';
	/** `assigned`, `before-7`, `overdue-0`. */
	step: string;
	/** When a duty is due, an exam opens, an event begins. */
	dueOn: string;
	asked: Asked | null;
	title: string | null;
	at: string | null;
	place: string | null;
	href: string;
};

/** How a thing stands: past its date, near it, or new. */
export const standingOf = ({ step }: DigestItem): 'overdue' | 'soon' | 'new' =>
	step === 'assigned' ? 'new' : step.startsWith('overdue') ? 'overdue' : 'soon';

/** A thing in one line: what, and by when. */
export function itemWords(item: DigestItem, zone: string): string {
	if (item.kind === 'duty') {
		const what = item.asked ? askedWords(item.asked) : '';
		const date = formatDate(item.dueOn, 'long', 'UTC');
		const words = { new: m.reminders_item_new, soon: m.reminders_item_soon, overdue: m.reminders_item_overdue };
		return words[standingOf(item)]({ what, date });
	}
	const what = item.title ?? '';
	const time = item.at ? formatDate(item.at, 'instant', zone) : item.dueOn;
	if (item.kind === 'exam') return m.reminders_item_exam({ what, time });
	return item.place
		? m.reminders_item_event_at({ what, time, place: item.place })
		: m.reminders_item_event({ what, time });
}

/** A digest in one sentence: how many things, how many of them late, which date comes next. */
export function digestWords(
	items: readonly Pick<DigestItem, 'step' | 'dueOn'>[],
	count: number = items.length
): string {
	const late = items.filter(({ step }) => step.startsWith('overdue')).length;
	const next = items
		.filter(({ step }) => !step.startsWith('overdue'))
		.map(({ dueOn }) => dueOn)
		.sort()[0];
	const date = next ? formatDate(next, 'long', 'UTC') : '';
	if (!next) return m.reminders_digest_late({ count });
	return late > 0 ? m.reminders_digest_some_late({ count, late, date }) : m.reminders_digest({ count, date });
}
