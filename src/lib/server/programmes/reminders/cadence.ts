import { mondayToFriday, type WorkingDays } from '../../notifications/working-days.ts';
import { addDays, type CalendarDate } from '../../platform/dates.ts';

/** When somebody is reminded, reckoned from the date of the thing. */
export type Cadence = {
	/** Days before it. */
	daysBefore: readonly number[];
	/** The first time on the day after it, then every so many days. */
	overdueEvery: number;
	/** Whether anything goes out on days off. */
	weekends: boolean;
	/** Which days are off; Saturdays and Sundays unless told. */
	days?: WorkingDays;
};

/** What is due on a date gets this step: `before-7`, `overdue-0` for the first time after it. */
export type Step = { step: string; dueOn: CalendarDate };

/** So long is what is overdue spoken of to the person; whoever has let a year pass is known to HR. */
const overdueDays = 364;
/** Days of a standstill that are made up for; older steps have lost their meaning. */
const standstill = 31;

/**
 * The steps that come up on a day, and on those since the last one that was worked: work is for the dates that they name, however
 * much there is. Where days off are quiet, what would come on one comes on the working day before it, and what follows a date on the one after.
 * @param last the last day that was worked; null where there was none: nothing is made up for then
 */
export function stepsOn(today: CalendarDate, last: CalendarDate | null, cadence: Cadence): Step[] {
	const { weekends, days = mondayToFriday } = cadence;
	if (!weekends && days.isOff(today)) return [];
	const first = [addDays(last ?? addDays(today, -1), 1), addDays(today, -standstill)].sort()[1]!;
	const since = first > today ? today : first;
	const ahead = weekends ? today : addDays(days.next(today), -1);

	const before = daysFrom(since, ahead).flatMap((day) =>
		cadence.daysBefore.map((days) => ({ step: `before-${days}`, dueOn: addDays(day, days) }))
	);
	const overdue = daysFrom(since, today).flatMap((day) => overdueOn(day, cadence.overdueEvery));
	// What a standstill has made late: the date is past, or nearer than the step says, of which the nearest speaks.
	return [...nearest(before.filter(({ dueOn }) => dueOn >= today)), ...latest(overdue)];
}

function overdueOn(day: CalendarDate, every: number): Step[] {
	const times = Math.floor((overdueDays - 1) / every) + 1;
	return Array.from({ length: times }, (_, time) => ({
		step: `overdue-${time}`,
		dueOn: addDays(day, -1 - time * every)
	}));
}

/** One step for each date: the one that is nearest to it. */
function nearest(steps: Step[]): Step[] {
	const byDate = Map.groupBy(steps, ({ dueOn }) => dueOn);
	return [...byDate.values()].map((same) => same.toSorted((one, other) => numberOf(one) - numberOf(other))[0]!);
}

/** One step for each date: the last that came up. */
function latest(steps: Step[]): Step[] {
	const byDate = Map.groupBy(steps, ({ dueOn }) => dueOn);
	return [...byDate.values()].map((same) => same.toSorted((one, other) => numberOf(other) - numberOf(one))[0]!);
}

const numberOf = ({ step }: Step) => Number(step.split('-')[1]);

function daysFrom(first: CalendarDate, last: CalendarDate): CalendarDate[] {
	const days: CalendarDate[] = [];
	for (let day = first; day <= last; day = addDays(day, 1)) days.push(day);
	return days;
}
