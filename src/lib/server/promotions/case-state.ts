import { daysBetween, type CalendarDate } from '../platform/dates.ts';

/** Days before its deadline from which on a case is due soon. */
export const soonDays = 90;

/** `left`: the person no longer serves. Completed, cancelled and left are over; the others are open. */
export type CaseState = 'overdue' | 'soon' | 'later' | 'completed' | 'cancelled' | 'left';

type Facts = {
	completedAt: Date | string | null;
	cancelledAt: Date | string | null;
	isActive: boolean;
	dueOn: CalendarDate;
};

/** What a promotion's training amounts to on a day. The last day itself is still in time. */
export function caseStateOf({ completedAt, cancelledAt, isActive, dueOn }: Facts, today: CalendarDate): CaseState {
	if (cancelledAt) return 'cancelled';
	if (completedAt) return 'completed';
	if (!isActive) return 'left';

	const left = daysBetween(today, dueOn);
	if (left < 0) return 'overdue';
	return left <= soonDays ? 'soon' : 'later';
}
