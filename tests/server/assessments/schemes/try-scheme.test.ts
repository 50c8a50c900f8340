import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { assessmentResults } from '#db/schema/assessment-results.ts';
import { assessmentSchemes } from '#db/schema/assessment-schemes.ts';
import { getScheme } from '#lib/server/assessments/schemes/read-scheme.ts';
import { tryScheme } from '#lib/server/assessments/schemes/try-scheme.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { aCycle, aDuty, aScheme, byCourses } from '#tests/factories/assessments.ts';
import { aPerson } from '#tests/factories/people.ts';
import { as, aUnit, theProvince } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

/** A year of two people who had completed none of their courses by then, one of them a leader: not qualified. */
async function aYear(ctx: Context) {
	const unit = await aUnit(ctx, { kind: 'city' });
	const [clerk, leader] = [
		await aPerson(ctx, { unit, name: '安然' }),
		await aPerson(ctx, { unit, name: '何以安', leadershipLevel: 'section-deputy' })
	];
	await aDuty(ctx, leader, 2025);
	const cycle = await aCycle(ctx, { unit, person: clerk, year: 2025, state: 'closed' });
	const hr = as(ctx, (await aPerson(ctx)).id, { role: 'hr', unit: await theProvince(ctx) });
	const draft = async (values: Parameters<typeof aScheme>[1]) =>
		getScheme(hr, (await aScheme(ctx, { year: 2026, state: 'draft', position: 9, ...values })).id);
	return { unit, clerk, leader, cycle, hr, draft };
}
const milder = { ...byCourses, bands: [{ band: 'qualified' as const, from: 0 }] };

test('says who would get what by the frozen facts of the year before, compared with what they got', async ({ ctx }) => {
	const { clerk, leader, hr, draft, unit } = await aYear(ctx);
	const tried = await tryScheme(hr, await draft({ rule: milder }));
	expect(tried).toMatchObject({
		...{ year: 2025, people: 2 },
		moves: [{ from: 'not-qualified', to: 'qualified', count: 2 }]
	});
	expect(tried.changed).toEqual(
		[clerk, leader].map(({ id, name }) => ({
			...{ personId: id, name, unit: unit.name },
			...{ bandNow: 'not-qualified', scoreNow: 0, bandThen: 'qualified', scoreThen: 0 }
		}))
	);
});

test('concerns the group of the scheme only, as people stood on the last day of that year', async ({ ctx }) => {
	const { leader, hr, draft } = await aYear(ctx);
	const tried = await tryScheme(hr, await draft({ rule: milder, leading: true }));
	expect(tried.changed.map(({ personId }) => personId)).toEqual([leader.id]);
	expect(tried.people).toBe(1);
	expect((await tryScheme(hr, await draft({ rule: milder, ranks: ['clerk-1'], leading: true }))).people).toBe(0);
});

test('names who would have no result, and writes nothing', async ({ ctx }) => {
	const { hr, draft, cycle } = await aYear(ctx);
	const before = await ctx.db.select().from(assessmentResults).where(eq(assessmentResults.cycleId, cycle.id));
	const schemes = await ctx.db.$count(assessmentSchemes);
	const byMark = { ...byCourses, components: [{ kind: 'unit-mark' as const, weight: 100, cap: null, basis: '' }] };
	const tried = await tryScheme(hr, await draft({ rule: byMark }));
	expect(tried.changed.map(({ bandThen, scoreThen }) => [bandThen, scoreThen])).toEqual([
		[null, null],
		[null, null]
	]);
	expect(await ctx.db.select().from(assessmentResults).where(eq(assessmentResults.cycleId, cycle.id))).toEqual(before);
	expect(await ctx.db.$count(assessmentSchemes)).toBe(schemes + 1);
});

test('without an assessed year there is nothing to try it on; and only those who make schemes try them', async ({
	ctx
}) => {
	const province = await theProvince(ctx);
	const hr = as(ctx, (await aPerson(ctx)).id, { role: 'hr', unit: province });
	const row = await aScheme(ctx, { state: 'draft', year: 2026, position: 9, rule: milder });
	const scheme = await getScheme(hr, row.id);
	expect(await tryScheme(hr, scheme)).toEqual({ year: null, people: 0, moves: [], changed: [] });
	const liaison = as(ctx, (await aPerson(ctx)).id, { role: 'liaison', unit: province });
	await expect(tryScheme(liaison, scheme)).rejects.toThrow('access.forbidden');
});
