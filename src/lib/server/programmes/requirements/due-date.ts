import { type SQL, sql } from 'drizzle-orm';
import type { DueRule } from '#lib/schemas/programmes.ts';
import { addDays, addMonths, type CalendarDate } from '../../platform/dates.ts';

/** A span of time for which a duty is owed: from its first day to its last, or without an end. */
export type Period<Date> = { from: Date; to: Date | null };

/** What is known of a person when a date is worked out. Whoever is not known to have joined has always been there. */
export type Dates<Date> = {
	joinedOn: Date;
	promotedOn: Date;
	/** When they came to belong, or the assignment began, whichever is later. */
	assignedOn: Date;
	/** When they last completed the same; null where they never have. */
	completedOn: Date;
	/** When the post begins that a promotion brings. */
	startsOn: Date;
};

type Known = Dates<CalendarDate | null> & { assignedOn: CalendarDate };

/**
 * The last day on which something is in time; null where the event from which days are counted has not happened, or the period
 * has no end. 29 February is 28 February in common years, and the same day of a shorter month is its last day. What counts from a
 * completion counts from the assigning the first time. `dueSql` is the same in SQL; a property test proves that both agree.
 */
export function dueDate(rule: DueRule, period: Period<CalendarDate>, known: Known): CalendarDate | null {
	switch (rule.kind) {
		case 'date':
			return rule.on;
		case 'period':
			return rule.day === 'first' ? period.from : period.to;
		case 'before-start':
			return known.startsOn && addDays(known.startsOn, -1);
		case 'yearly': {
			const year = Number(period.from.slice(0, 4));
			const thisYear = dayOfYear(year, rule);
			return thisYear < period.from ? dayOfYear(year + 1, rule) : thisYear;
		}
		case 'after': {
			const event = eventDate(rule.event, known);
			if (!event) return null;
			return 'days' in rule ? addDays(event, rule.days) : addMonths(event, rule.months);
		}
	}
}

function eventDate(event: (DueRule & { kind: 'after' })['event'], known: Known): CalendarDate | null {
	if (event === 'joining') return known.joinedOn;
	if (event === 'promotion') return known.promotedOn;
	return event === 'completion' ? (known.completedOn ?? known.assignedOn) : known.assignedOn;
}

/** A day of the year as the calendar has it: the last of the month where the month is shorter. */
function dayOfYear(year: number, { month, day }: { month: number; day: number }): CalendarDate {
	const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
	return new Date(Date.UTC(year, month - 1, Math.min(day, last))).toISOString().slice(0, 10);
}

/** `dueDate` of a row, as an SQL expression of type date. */
export function dueSql(rule: DueRule, period: Period<SQL>, known: Dates<SQL>): SQL {
	switch (rule.kind) {
		case 'date':
			return sql`${rule.on}::date`;
		case 'period':
			return rule.day === 'first' ? period.from : (period.to ?? sql`null::date`);
		case 'before-start':
			return sql`(${known.startsOn} - 1)`;
		case 'yearly': {
			const year = sql`extract(year from ${period.from})::int`;
			const [thisYear, nextYear] = [dayOfYearSql(year, rule), dayOfYearSql(sql`${year} + 1`, rule)];
			return sql`(case when ${thisYear} < ${period.from} then ${nextYear} else ${thisYear} end)`;
		}
		case 'after': {
			const event = eventSql(rule.event, known);
			return 'days' in rule
				? sql`(${event} + ${rule.days}::int)`
				: sql`(${event} + make_interval(months => ${rule.months}::int))::date`;
		}
	}
}

function eventSql(event: (DueRule & { kind: 'after' })['event'], known: Dates<SQL>): SQL {
	if (event === 'joining') return known.joinedOn;
	if (event === 'promotion') return known.promotedOn;
	return event === 'completion' ? sql`coalesce(${known.completedOn}, ${known.assignedOn})` : known.assignedOn;
}

function dayOfYearSql(year: SQL, { month, day }: { month: number; day: number }): SQL {
	const first = sql`make_date(${year}, ${month}::int, 1)`;
	return sql`least(${first} + ${day - 1}::int, (${first} + interval '1 month')::date - 1)`;
}
