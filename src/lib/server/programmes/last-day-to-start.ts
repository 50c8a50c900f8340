import { addDays, type CalendarDate } from '../platform/dates.ts';

/** Minutes of study that fit beside the work of one working day: half an hour, as an office can keep it up. */
export const minutesADay = 30;

/**
 * The last sensible day to start: counted back from the due date, which is itself a day to study on, as many working days
 * (Monday to Friday; public holidays are not known here) as the work takes at half an hour a day.
 * @param minutes the work that is left; nothing left can wait for the due date itself
 */
export function lastDayToStart(dueOn: CalendarDate, minutes: number): CalendarDate {
	let day = lastWorkingDay(dueOn);
	if (minutes <= 0) return dueOn;
	for (let left = Math.ceil(minutes / minutesADay) - 1; left > 0; left--) day = lastWorkingDay(addDays(day, -1));
	return day;
}

/** The day itself, or the working day before it. */
function lastWorkingDay(day: CalendarDate): CalendarDate {
	const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
	if (weekday === 6) return addDays(day, -1);
	return weekday === 0 ? addDays(day, -2) : day;
}
