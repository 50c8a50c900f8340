import fc from 'fast-check';
import { expect } from 'vitest';
import { type HourCategory, hourCategories } from '#lib/schemas/hours.ts';
import { establishments, leadershipLevels, ranks } from '#lib/schemas/people.ts';
import { gradeOf } from '#lib/server/hours/grade-of.ts';
import { listStandings } from '#lib/server/hours/list-standings.ts';
import { type Entry, standingOf } from '#lib/server/hours/standing.ts';
import { type Target, targetsOf } from '#lib/server/hours/target-of.ts';
import { newId } from '#lib/server/platform/ids.ts';
import { aTarget, someHours, withoutTargets } from '#tests/factories/hours.ts';
import { aPerson } from '#tests/factories/people.ts';
import { as, aUnit } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

const target: Target = {
	...{ id: 'one', grades: [], establishments: [], words: [], years: 1, hours: 90, category: null },
	...{ validFrom: 2023, validUntil: null }
};
const fiveYears = { ...target, years: 5, hours: 550 };
const entry = (year: number, hours: number, category: HourCategory = 'class', source: Entry['source'] = 'event') => ({
	...{ year, hours, category, source }
});
const longAgo = { joinedYear: 2010 };

test('counts the hours of the year against a yearly target', () => {
	const entries = [entry(2025, 80), entry(2026, 60), entry(2026, -20)];
	expect(standingOf(target, longAgo, entries, 2026)).toMatchObject({ since: 2026, have: 40, due: 90, missing: 50 });
});

test('counts the hours of the period so far against a target over five years', () => {
	const entries = [entry(2022, 100), entry(2023, 200), entry(2026, 60.5), entry(2027, 40)];
	expect(standingOf(fiveYears, longAgo, entries, 2026)).toEqual({
		...{ targetId: 'one', since: 2023, until: 2027, have: 260.5, due: 550, missing: 289.5 }
	});
	expect(standingOf(fiveYears, longAgo, entries, 2028)).toMatchObject({ since: 2028, until: 2032, have: 0 });
});

test('asks whoever joined later for the years that were left', () => {
	expect(standingOf(fiveYears, { joinedYear: 2025 }, [], 2026).due).toBe(330);
	expect(standingOf(target, { joinedYear: 2026 }, [], 2026).due).toBe(90);
});

test('counts courses of the platform as online study, and nothing else that is not', () => {
	const online = { ...target, category: 'online' as const, hours: 50 };
	const entries = [entry(2026, 6, 'required', 'course'), entry(2026, 8, 'online', 'external'), entry(2026, 16)];
	expect(standingOf(online, longAgo, entries, 2026)).toMatchObject({ have: 14, missing: 36 });
});

const some = <Value>(values: readonly Value[]) => fc.subarray([...values], { maxLength: 2 });
const someTarget = fc.record({
	grades: some(['department', 'division', 'section', 'staff']),
	establishments: some(establishments),
	words: some(['监察', '执法', '%', '_']),
	years: fc.constantFrom(1, 5),
	hours: fc.integer({ min: 1, max: 1_200 }).map((halves) => halves / 2),
	category: fc.constantFrom(null, ...hourCategories),
	validFrom: fc.integer({ min: 2019, max: 2027 }),
	lasts: fc.option(fc.integer({ min: -1, max: 4 }))
});
const somebody = fc.record({
	leadershipLevel: fc.constantFrom(null, ...leadershipLevels),
	rank: fc.constantFrom(null, ...ranks),
	establishment: fc.constantFrom(null, ...establishments),
	title: fc.constantFrom('科员', '监察员'),
	unitName: fc.constantFrom('规划财务处', '行政执法支队'),
	joinedOn: fc.option(fc.integer({ min: 2018, max: 2026 }).map((year) => `${year}-06-01`))
});
const someEntries = fc.array(
	fc.record({
		year: fc.integer({ min: 2019, max: 2026 }),
		hours: fc.integer({ min: 1, max: 80 }).map((halves) => halves / 2),
		category: fc.constantFrom(...hourCategories),
		source: fc.constantFrom('course' as const, 'event' as const, 'external' as const)
	}),
	{ maxLength: 8 }
);

test('is the same in a list as for one person, whatever the targets, the post and the ledger', async ({ ctx }) => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(someTarget, { minLength: 1, maxLength: 4 }),
			somebody,
			someEntries,
			fc.constantFrom(2024, 2026),
			async (drafts, { unitName, ...values }, entries, year) => {
				await withoutTargets(ctx);
				const targets: Target[] = [];
				for (const { lasts, ...draft } of drafts)
					targets.push(await aTarget(ctx, { ...draft, validUntil: lasts === null ? null : draft.validFrom + lasts }));
				const unit = await aUnit(ctx, { name: unitName });
				const person = await aPerson(ctx, { unit, ...values });
				for (const each of entries) await someHours(ctx, { personId: person.id, sourceId: newId(), ...each });

				const { rows } = await listStandings(as(ctx, person.id, { role: 'hr', unit }), { year });
				const profile = {
					...{ grade: gradeOf(values.leadershipLevel, values.rank), establishment: values.establishment },
					...{ title: values.title, unitName, joinedYear: values.joinedOn ? Number(values.joinedOn.slice(0, 4)) : null }
				};
				const expected = targetsOf(targets, profile, year).map((held) => standingOf(held, profile, entries, year));
				const byId = (a: { targetId: string }, b: { targetId: string }) => a.targetId.localeCompare(b.targetId);
				expect(rows[0]?.standings).toHaveLength(expected.length);
				expect(rows[0]?.standings.toSorted(byId)).toMatchObject(expected.toSorted(byId));
				expect(rows[0]?.missing).toBe(Math.max(0, ...expected.map(({ missing }) => missing)));
			}
		),
		{ numRuns: 40 }
	);
});
