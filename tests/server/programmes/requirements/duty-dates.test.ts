import { sql } from 'drizzle-orm';
import * as fc from 'fast-check';
import { expect } from 'vitest';
import type { DueRule } from '#lib/schemas/programmes.ts';
import { addDays, dateOf, startOfDay } from '#lib/server/platform/dates.ts';
import { dueDate } from '#lib/server/programmes/requirements/due-date.ts';
import {
	dutyDates,
	dutySql,
	periodsOn,
	renewal,
	renewalSql,
	type Terms
} from '#lib/server/programmes/requirements/duty-dates.ts';
import { test } from '#tests/setup/test.ts';

const nobody = { joinedOn: null, promotedOn: null, assignedOn: '2026-01-10', completedOn: null, startsOn: null };
const year = { from: '2026-01-01', to: '2026-12-31' };
const once: Terms = {
	recurrence: 'once',
	validMonths: null,
	renewalMonths: null,
	joining: 'same-date',
	joiningDays: null,
	startsOn: '2026-01-01',
	endsOn: null
};
const yearly: Terms = { ...once, recurrence: 'yearly' };
const certificate: Terms = { ...once, recurrence: 'after-completion', validMonths: 36, renewalMonths: 6 };
const november: DueRule = { kind: 'yearly', month: 11, day: 30 };

test.for([
	{ rule: { kind: 'date', on: '2026-11-30' }, due: '2026-11-30', because: 'a date is a date' },
	{ rule: november, due: '2026-11-30', because: 'the day lies in the period' },
	{ rule: { kind: 'yearly', month: 2, day: 29 }, due: '2026-02-28', because: 'a common year has no 29 February' },
	{ rule: { kind: 'yearly', month: 2, day: 29 }, from: '2028-01-01', due: '2028-02-29', because: 'a leap year has' },
	{ rule: { kind: 'yearly', month: 3, day: 1 }, from: '2026-06-01', due: '2027-03-01', because: 'the next such day' },
	{ rule: { kind: 'after', event: 'assigning', days: 30 }, due: '2026-02-09', because: 'days count from belonging' },
	{ rule: { kind: 'after', event: 'joining', days: 30 }, due: null, because: 'nobody knows when they joined' },
	{
		rule: { kind: 'after', event: 'completion', months: 1 },
		due: '2026-02-10',
		because: 'the first time from assigning'
	},
	{ rule: { kind: 'period', day: 'last' }, due: '2026-12-31', because: 'the period has an end' },
	{ rule: { kind: 'before-start' }, startsOn: '2028-03-01', due: '2028-02-29', because: 'the day before the post' }
] as { rule: DueRule; from?: string; startsOn?: string; due: string | null; because: string }[])(
	'$due: $because',
	({ rule, from, startsOn, due }) => {
		expect(dueDate(rule, { ...year, from: from ?? year.from }, { ...nobody, startsOn: startsOn ?? null })).toBe(due);
	}
);

test.for([
	{ terms: yearly, joinedOn: '2026-10-15', due: '2026-11-30', because: 'the same date for everybody' },
	{ terms: { ...yearly, joining: 'next-period' }, joinedOn: '2026-10-15', due: undefined, because: 'next year' },
	{
		terms: { ...yearly, joining: 'next-period' },
		joinedOn: '2026-01-01',
		due: '2026-11-30',
		because: 'there from the start'
	},
	{
		terms: { ...yearly, joining: 'more-time', joiningDays: 90 },
		joinedOn: '2026-10-15',
		due: '2027-01-13',
		because: 'ninety days'
	},
	{
		terms: { ...yearly, joining: 'more-time', joiningDays: 90 },
		joinedOn: '2026-02-15',
		due: '2026-11-30',
		because: 'the date is later'
	},
	{ terms: yearly, assignedOn: '2026-12-05', due: undefined, because: 'nobody is born late: the next year asks' },
	{ terms: once, assignedOn: '2026-12-05', due: '2027-01-04', because: 'thirty days where there is no next time' }
] as { terms: Terms; joinedOn?: string; assignedOn?: string; due: string | undefined; because: string }[])(
	'whoever comes later, $due: $because',
	({ terms, joinedOn, assignedOn, due }) => {
		const known = { ...nobody, joinedOn: joinedOn ?? null, assignedOn: assignedOn ?? nobody.assignedOn };
		expect(dutyDates(terms, terms === once ? { kind: 'date', on: '2026-11-30' } : november, year, known)?.dueOn).toBe(
			due
		);
	}
);

test('what is asked every year opens with the assignment and expires with the year', () => {
	const terms = { ...yearly, startsOn: '2026-03-01' };
	expect(dutyDates(terms, november, year, nobody)).toEqual({
		opensOn: '2026-03-01',
		dueOn: '2026-11-30',
		expiresOn: '2026-12-31'
	});
});

test('a year is made thirty days before it begins, and only while the assignment lasts', () => {
	const from = (terms: Terms, today: string) => periodsOn(terms, today).map((period) => period.from);
	expect(from(yearly, '2026-12-01')).toEqual(['2026-01-01']);
	expect(from(yearly, '2026-12-02')).toEqual(['2026-01-01', '2027-01-01']);
	expect(from({ ...yearly, endsOn: '2026-12-31' }, '2026-12-02')).toEqual(['2026-01-01']);
	expect(from({ ...yearly, endsOn: '2026-06-30' }, '2026-07-01')).toEqual([]);
	expect(from({ ...yearly, startsOn: '2027-02-01' }, '2026-12-02')).toEqual([]);
});

test('a certificate may be renewed in its last months, never on the day it was earned', () => {
	expect(renewal(certificate, '2024-02-29')).toEqual({ from: '2026-08-29', to: '2027-02-28' });
	expect(renewal({ ...certificate, validMonths: 12, renewalMonths: 12 }, '2026-05-01').from).toBe('2026-05-02');
});

const day = fc.integer({ min: -1_500, max: 3_000 }).map((days) => addDays('2026-01-01', days));
const rule: fc.Arbitrary<DueRule> = fc.oneof(
	fc.record({ kind: fc.constant('date' as const), on: day }),
	fc.record({
		kind: fc.constant('after' as const),
		event: fc.constantFrom('joining', 'promotion', 'assigning', 'completion'),
		days: fc.integer({ min: 0, max: 800 })
	}),
	fc.record({
		kind: fc.constant('after' as const),
		event: fc.constantFrom('joining', 'promotion', 'assigning', 'completion'),
		months: fc.integer({ min: 0, max: 60 })
	}),
	fc.record({
		kind: fc.constant('yearly' as const),
		month: fc.integer({ min: 1, max: 12 }),
		day: fc.integer({ min: 1, max: 31 })
	}),
	fc.record({ kind: fc.constant('period' as const), day: fc.constantFrom('first', 'last') }),
	fc.constant({ kind: 'before-start' as const })
);
const terms: fc.Arbitrary<Terms> = fc.record({
	recurrence: fc.constantFrom('once', 'yearly', 'after-completion'),
	validMonths: fc.integer({ min: 1, max: 120 }),
	renewalMonths: fc.integer({ min: 0, max: 12 }),
	joining: fc.constantFrom('same-date', 'more-time', 'next-period'),
	joiningDays: fc.integer({ min: 1, max: 366 }),
	startsOn: day,
	endsOn: fc.option(day)
});
const known = fc.record({
	joinedOn: fc.option(day),
	promotedOn: fc.option(day),
	assignedOn: day,
	completedOn: fc.option(day),
	startsOn: fc.option(day)
});

test('the rule in TypeScript and the rule in SQL agree, leap years and all', async ({ ctx }) => {
	const people = fc.array(known, { minLength: 15, maxLength: 15 });
	await fc.assert(
		fc.asyncProperty(
			terms,
			rule,
			day,
			fc.integer({ min: 0, max: 900 }),
			people,
			async (terms, rule, from, length, people) => {
				const period = { from, to: addDays(from, length) };
				const columns = {
					joinedOn: sql`"joinedOn"`,
					promotedOn: sql`"promotedOn"`,
					assignedOn: sql`"assignedOn"`,
					completedOn: sql`"completedOn"`,
					startsOn: sql`"startsOn"`
				};
				const duty = dutySql(terms, rule, { from: sql`${period.from}::date`, to: sql`${period.to}::date` }, columns);
				const next = renewalSql(terms, sql`"assignedOn"`);
				const { rows } = await ctx.db.execute(sql`
				select case when ${duty.exists} then json_build_object('opensOn', ${duty.opensOn}, 'dueOn', ${duty.dueOn}, 'expiresOn', ${duty.expiresOn}) end as duty,
					json_build_object('from', ${next.from}, 'to', ${next.to}) as renewal
				from json_to_recordset(${JSON.stringify(people)}::json)
					as f ("joinedOn" date, "promotedOn" date, "assignedOn" date, "completedOn" date, "startsOn" date)`);
				expect(rows).toEqual(
					people.map((one) => ({
						duty: dutyDates(terms, rule, period, one),
						renewal: renewal(terms, one.assignedOn)
					}))
				);
			}
		),
		{ numRuns: 150 }
	);
});

test('a day is the day of the office, whatever zone the instant is written in', () => {
	fc.assert(
		fc.property(
			day,
			fc.integer({ min: 0, max: 86_399 }),
			fc.constantFrom('Z', '+08:00', '-05:00'),
			(day, second, zone) => {
				const instant = new Date(startOfDay(day).getTime() + second * 1_000);
				const written = zone === 'Z' ? instant : new Date(instant.toISOString().replace('Z', '+00:00'));
				expect(dateOf(written)).toBe(day);
			}
		)
	);
});
