import { daysBetween, formatDate } from '#lib/format/dates.ts';
import type { State } from '#lib/components/ui/Status.svelte';
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

/** An estimate of work in words: minutes up to an hour and a half, half hours from there on. */
export function aboutTime(minutes: number): string {
	return minutes <= 90
		? m.programmes_today_about_minutes({ count: minutes })
		: m.programmes_today_about_hours({ count: Math.round(minutes / 30) / 2 });
}
