import { addDays, dateOf, instantAt, localTimeOf } from '../platform/dates.ts';
import { mondayToFriday, type WorkingDays } from './working-days.ts';

/** However many days off follow one another: longer nothing is held back. */
const longestHoliday = 16;

/** Clock times of the configured zone, as HH:MM, between which nothing goes out; the night may lie in between. */
export type Quiet = {
	from: string;
	until: string;
	/** Whether anything goes out on days off. */
	weekends: boolean;
	/** Which days are off; Saturdays and Sundays unless told. */
	days?: WorkingDays;
};

/** Whether nothing may go out at an instant. */
export function isQuiet(instant: Date, { from, until, weekends, days = mondayToFriday }: Quiet): boolean {
	const [date = '', clock = ''] = localTimeOf(instant).split('T');
	if (!weekends && days.isOff(date)) return true;
	return from < until ? clock >= from && clock < until : clock >= from || clock < until;
}

/** The first instant from a given one on at which something may go out: that one itself, or when quiet hours end. */
export function nextAwake(instant: Date, quiet: Quiet): Date {
	if (!isQuiet(instant, quiet)) return instant;
	const today = dateOf(instant);
	// Where quiet hours end on a day off, they end on the next working day.
	for (let days = 0; days < longestHoliday; days++) {
		const end = instantAt(`${addDays(today, days)}T${quiet.until}`);
		if (end > instant && !isQuiet(end, quiet)) return end;
	}
	return instantAt(`${addDays(today, longestHoliday)}T${quiet.until}`);
}
