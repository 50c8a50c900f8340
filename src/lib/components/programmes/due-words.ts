import { daysBetween, formatDate } from '#lib/format/dates.ts';
import type { State } from '#lib/components/ui/Status.svelte';
import type { Start } from '#lib/server/programmes/last-day-to-start.ts';
import { m } from '#lib/paraglide/messages.js';

type Due = { state: string; dueOn: string; opensOn?: string | null };

const soon = 7;

/** The words of a due date as one says them today: “今天”, “周五” within the week, else the date. */
export function whenDue(dueOn: string, today: string): string {
	const days = daysBetween(today, dueOn);
	if (days === 0) return m.programmes_today_when_today();
	if (days === 1) return m.programmes_today_when_tomorrow();
	const day = formatDate(dueOn, days > 1 && days < soon ? 'dayOfWeek' : 'day', 'UTC');
	return m.programmes_today_when_date({ day });
}

/** How an obligation stands, as a fact: “还有4天”, “逾期3天”, “进行中”. */
export function standing({ state, dueOn, opensOn }: Due, today: string): { state: State; words: string } {
	const days = daysBetween(today, dueOn);
	if (state === 'exempt') return { state: 'exempt', words: m.programmes_state_exempt() };
	if (state === 'expired') return { state: 'late', words: m.programmes_state_expired() };
	if (state === 'upcoming') {
		const date = formatDate(opensOn ?? dueOn, 'day', 'UTC');
		return { state: 'none', words: opensOn ? m.programmes_opens_on({ date }) : m.programmes_state_upcoming() };
	}
	if (state === 'withdrawn') return { state: 'exempt', words: m.programmes_state_withdrawn() };
	if (state === 'completed') return { state: 'done', words: m.programmes_state_completed() };
	if (state === 'overdue') return { state: 'late', words: m.time_days_overdue({ count: -days }) };
	if (days === 0) return { state: 'soon', words: m.time_due_today() };
	if (days <= soon) return { state: 'soon', words: m.time_days_left({ count: days }) };
	return state === 'in-progress'
		? { state: 'going', words: m.programmes_state_in_progress() }
		: { state: 'none', words: m.programmes_state_open() };
}

/** When to begin, or how much a day asks for where that day has passed; in lessons, or in training hours. */
export function startWords(start: Start, { hours }: { hours: number }): string {
	if (!start) return '';
	if ('by' in start) {
		const date = formatDate(start.by, 'day', 'UTC');
		return hours > 0 ? m.programmes_start_hours({ date }) : m.programmes_start_lessons({ date });
	}
	return hours > 0
		? m.programmes_start_late_hours({ count: start.perDay })
		: m.programmes_start_late_lessons({ count: start.perDay });
}
