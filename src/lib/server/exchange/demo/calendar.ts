import { addDays, type CalendarDate, daysBetween, startOfDay } from '../../platform/dates.ts';

/** Days are counted from today: −1 is yesterday. */
export interface Calendar {
	today: CalendarDate;
	date(day: number): CalendarDate;
	/** The instant at that hour of a day, in the configured zone; hours may have fractions. */
	instant(day: number, hour?: number): Date;
	/** The day of a date. */
	day(date: CalendarDate): number;
	/** The day itself, or the Friday before where it falls on a weekend. */
	workday(day: number): number;
}

const hours = 3_600_000;

/** A calendar around today. */
export function calendarOf(today: CalendarDate): Calendar {
	const midnight = startOfDay(today).getTime();
	const weekday = new Date(`${today}T00:00:00Z`).getUTCDay();
	const dates = new Map<number, CalendarDate>();

	return {
		today,
		date(day) {
			let date = dates.get(day);
			if (!date) dates.set(day, (date = addDays(today, day)));
			return date;
		},
		instant: (day, hour = 9) => new Date(midnight + Math.round((day * 24 + hour) * hours)),
		day: (date) => daysBetween(today, date),
		workday(day) {
			const name = (((weekday + day) % 7) + 7) % 7;
			return name === 0 ? day - 2 : name === 6 ? day - 1 : day;
		}
	};
}
