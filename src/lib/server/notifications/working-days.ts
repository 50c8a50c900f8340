import { addDays, type CalendarDate } from '../platform/dates.ts';

/** Which days are worked: Monday to Friday, but for holidays, and the weekends that are worked for them. */
export type WorkingDays = {
	isOff(day: CalendarDate): boolean;
	/** The day itself, or the last working day before it. */
	last(day: CalendarDate): CalendarDate;
	/** The first working day after it. */
	next(day: CalendarDate): CalendarDate;
};

/** No country closes its offices for longer: a calendar in which everything is off does not go on for ever. */
const longest = 60;

/** The day of the week of a calendar date, from 0 for Sunday. */
export const weekdayOf = (day: CalendarDate): number => new Date(`${day}T00:00:00Z`).getUTCDay();

/** Whether a calendar date is a Saturday or a Sunday. */
export const isWeekend = (day: CalendarDate): boolean => [0, 6].includes(weekdayOf(day));

/** @param exceptions days that differ from Monday to Friday: worked, or off */
export function workingDaysOf(exceptions: Iterable<{ on: CalendarDate; worked: boolean }>): WorkingDays {
	const worked = new Map([...exceptions].map(({ on, worked }) => [on, worked]));
	const isOff = (day: CalendarDate) => (worked.has(day) ? !worked.get(day) : isWeekend(day));
	const seek = (day: CalendarDate, step: 1 | -1) => {
		for (let tries = 0; tries < longest && isOff(day); tries++) day = addDays(day, step);
		return day;
	};
	return { isOff, last: (day) => seek(day, -1), next: (day) => seek(addDays(day, 1), 1) };
}

/** What holds where nobody has entered anything. */
export const mondayToFriday = workingDaysOf([]);
