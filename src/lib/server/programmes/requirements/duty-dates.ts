import { type SQL, sql } from 'drizzle-orm';
import type { DueRule } from '#lib/schemas/programmes.ts';
import { addDays, addMonths, type CalendarDate } from '../../platform/dates.ts';
import { type Dates, dueDate, dueSql, type Period } from './due-date.ts';

/** What a standing assignment and the version of its programme say about time. */
export type Terms = {
	recurrence: 'once' | 'yearly' | 'after-completion';
	validMonths: number | null;
	renewalMonths: number | null;
	joining: 'same-date' | 'more-time' | 'next-period';
	joiningDays: number | null;
	startsOn: CalendarDate;
	endsOn: CalendarDate | null;
};

export type DutyDates<Date> = { opensOn: Date; dueOn: Date; expiresOn: Date };

/** Days before it opens from which on a duty is made and shown as upcoming. */
export const daysAhead = 30;
/** Days that everybody has at least who comes to belong after the date has passed. */
export const daysOfGrace = 30;

/**
 * The periods of a calendar that are to be made today: the one of an assignment that is made once, or the years that run or
 * are about to begin. A renewal has periods of each person's own (`renewal`).
 */
export function periodsOn({ recurrence, startsOn, endsOn }: Terms, today: CalendarDate): Period<CalendarDate>[] {
	const soon = addDays(today, daysAhead);
	if (startsOn > soon) return [];
	if (recurrence !== 'yearly') return endsOn && endsOn < today ? [] : [{ from: startsOn, to: endsOn }];

	const [thisYear, lastYear] = [Number(today.slice(0, 4)), Number(soon.slice(0, 4))];
	const years = Array.from({ length: lastYear - thisYear + 1 }, (_, place) => thisYear + place);
	return years
		.map((year) => ({ from: `${year}-01-01`, to: `${year}-12-31` }))
		.filter(({ from, to }) => startsOn <= to && (!endsOn || endsOn >= (from < today ? today : from)));
}

/** From when on what was completed on a day may be renewed, and until when it holds; never on the day itself. */
export function renewal({ validMonths, renewalMonths }: Terms, completedOn: CalendarDate): Period<CalendarDate> {
	const from = addMonths(completedOn, (validMonths ?? 0) - (renewalMonths ?? 0));
	const after = addDays(completedOn, 1);
	return { from: from > after ? from : after, to: addMonths(completedOn, validMonths ?? 0) };
}

/** The same as SQL. */
export function renewalSql({ validMonths, renewalMonths }: Terms, completedOn: SQL): Period<SQL> {
	const months = (count: number) => sql`(${completedOn} + make_interval(months => ${count}::int))::date`;
	const from = months((validMonths ?? 0) - (renewalMonths ?? 0));
	return { from: sql`greatest(${from}, ${completedOn} + 1)`, to: months(validMonths ?? 0) };
}

type Known = Dates<CalendarDate | null> & { assignedOn: CalendarDate };

/**
 * When a duty of a period opens, is due and expires for a person; null where they have none in it. Nobody is late on the day they
 * come to belong: of a year whose date has passed they owe nothing, otherwise they have thirty days. What is asked every year is
 * asked in that year and expires with it. `dutySql` is the same in SQL; a property test proves that both agree.
 */
export function dutyDates(
	terms: Terms,
	rule: DueRule,
	period: Period<CalendarDate>,
	known: Known
): DutyDates<CalendarDate | null> | null {
	const isNew = known.joinedOn !== null && known.joinedOn > period.from;
	if (terms.joining === 'next-period' && isNew) return null;

	let dueOn = dueDate(rule, period, known);
	if (!dueOn) return null;
	if (terms.joining === 'more-time' && isNew) {
		const later = addDays(known.joinedOn!, terms.joiningDays ?? 0);
		if (later > dueOn) dueOn = later;
	}
	if (dueOn < known.assignedOn) {
		if (terms.recurrence === 'yearly') return null;
		dueOn = addDays(known.assignedOn, daysOfGrace);
	}
	const begins = period.from < terms.startsOn ? terms.startsOn : period.from;
	const ends = terms.recurrence === 'yearly' ? period.to : null;
	return {
		opensOn: begins < dueOn ? begins : dueOn,
		dueOn,
		expiresOn: ends && (ends > dueOn ? ends : dueOn)
	};
}

/** `dutyDates` of a row: expressions of type date, and whether there is such a duty at all. */
export function dutySql(
	terms: Terms,
	rule: DueRule,
	period: Period<SQL>,
	known: Dates<SQL>
): DutyDates<SQL> & { exists: SQL } {
	const isNew = sql`coalesce(${known.joinedOn} > ${period.from}, false)`;
	const said = dueSql(rule, period, known);
	const withTime =
		terms.joining === 'more-time'
			? sql`(case when ${isNew} and ${said} is not null then greatest(${said}, ${known.joinedOn} + ${terms.joiningDays ?? 0}::int) else ${said} end)`
			: said;
	const isLate = sql`${withTime} < ${known.assignedOn}`;
	const isYearly = terms.recurrence === 'yearly';
	const dueOn = isYearly
		? withTime
		: sql`(case when ${isLate} then ${known.assignedOn} + ${daysOfGrace}::int else ${withTime} end)`;

	const parts = [sql`${said} is not null`];
	if (terms.joining === 'next-period') parts.push(sql`not ${isNew}`);
	if (isYearly) parts.push(sql`not (${isLate})`);
	return {
		opensOn: sql`least(greatest(${period.from}, ${terms.startsOn}::date), ${dueOn})`,
		dueOn,
		expiresOn: isYearly ? sql`greatest(${period.to}, ${dueOn})` : sql`null::date`,
		exists: sql`(${sql.join(parts, sql` and `)})`
	};
}

/** Which due rules make sense for how a programme comes round: those that give every period a date of its own. */
export function dueFits({ recurrence, endsOn }: Pick<Terms, 'recurrence' | 'endsOn'>, rule: DueRule): boolean {
	if (rule.kind === 'before-start') return false;
	if (recurrence === 'yearly') return rule.kind === 'yearly' || (rule.kind === 'period' && rule.day === 'last');
	if (rule.kind === 'period') return rule.day === 'last' && endsOn !== null;
	return recurrence === 'after-completion' || rule.kind !== 'after' || rule.event !== 'completion';
}

/** The rule of a renewal: what counts from the completion says so itself, anything else is due when what was earned runs out. */
export const renewalRule = (rule: DueRule): DueRule =>
	rule.kind === 'after' && rule.event === 'completion' ? rule : { kind: 'period', day: 'last' };
