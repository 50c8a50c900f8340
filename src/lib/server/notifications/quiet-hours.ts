import { addDays, dateOf, instantAt, localTimeOf } from '../platform/dates.ts';

/** Clock times of the configured zone, as HH:MM, between which nothing goes out; the night may lie in between. */
export type Quiet = {
	from: string;
	until: string;
	/** Whether anything goes out on Saturdays and Sundays. */
	weekends: boolean;
};

/** The day of the week of a calendar date, from 0 for Sunday. */
export const weekdayOf = (date: string): number => new Date(`${date}T00:00:00Z`).getUTCDay();

/** Whether a calendar date is a Saturday or a Sunday. Public holidays, and weekends that are worked, are not known here. */
export const isWeekend = (date: string): boolean => [0, 6].includes(weekdayOf(date));

/** Whether nothing may go out at an instant. */
export function isQuiet(instant: Date, { from, until, weekends }: Quiet): boolean {
	const [date = '', clock = ''] = localTimeOf(instant).split('T');
	if (!weekends && isWeekend(date)) return true;
	return from < until ? clock >= from && clock < until : clock >= from || clock < until;
}

/** The first instant from a given one on at which something may go out: that one itself, or when quiet hours end. */
export function nextAwake(instant: Date, quiet: Quiet): Date {
	if (!isQuiet(instant, quiet)) return instant;
	const today = dateOf(instant);
	// Where quiet hours end on a weekend, they end on the Monday after it.
	for (let days = 0; days <= 3; days++) {
		const end = instantAt(`${addDays(today, days)}T${quiet.until}`);
		if (end > instant && !isQuiet(end, quiet)) return end;
	}
	return instantAt(`${addDays(today, 4)}T${quiet.until}`);
}
