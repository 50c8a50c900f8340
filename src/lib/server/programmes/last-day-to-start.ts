import { mondayToFriday, type WorkingDays } from '../notifications/working-days.ts';
import { addDays, type CalendarDate } from '../platform/dates.ts';

/** What is left of a thing, in the measure of what it is: lessons with their checks, or training hours to collect. */
export type WorkLeft = { lessons: number; hours: number };

/** What fits beside the work of one working day, as an office can keep it up. */
export const pace = { lessons: 1, hours: 2 };

/** Working days that work takes at this pace. */
export const daysNeeded = ({ lessons, hours }: WorkLeft): number =>
	Math.max(Math.ceil(lessons / pace.lessons), Math.ceil(hours / pace.hours));

/**
 * The last sensible day to start: counted back from the due date, which is itself a day to study on, as many working days as the
 * work takes at one lesson, or two training hours, a day. Holidays are left out, and weekends that are worked count, as far as the office has entered them.
 * @returns the due date itself where nothing is left
 */
export function lastDayToStart(dueOn: CalendarDate, work: WorkLeft, calendar = mondayToFriday): CalendarDate {
	const days = daysNeeded(work);
	if (days === 0) return dueOn;
	let day = calendar.last(dueOn);
	for (let left = days - 1; left > 0; left--) day = calendar.last(addDays(day, -1));
	return day;
}

/** Working days from one date to another, both of them included; 0 where none lies between. */
export function workingDays(from: CalendarDate, to: CalendarDate, calendar = mondayToFriday): number {
	let count = 0;
	for (let day = from; day <= to; day = addDays(day, 1)) if (!calendar.isOff(day)) count++;
	return count;
}

/** When to begin what is owed: by that day at the pace above; or, where it has passed, how much a working day asks for now. */
export type Start = { by: CalendarDate } | { late: true; perDay: number } | null;

/** @returns null where nothing can be reckoned: nothing is left, it does not lie in lessons or hours, or it is overdue */
export function startOf(dueOn: CalendarDate, work: WorkLeft, today: CalendarDate, calendar?: WorkingDays): Start {
	if (daysNeeded(work) === 0 || dueOn < today) return null;
	const by = lastDayToStart(dueOn, work, calendar);
	if (by >= today) return { by };
	const days = Math.max(1, workingDays(today, dueOn, calendar));
	return { late: true, perDay: Math.ceil((work.lessons > 0 ? work.lessons : work.hours) / days) };
}
