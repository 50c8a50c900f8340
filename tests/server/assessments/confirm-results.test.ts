import { eq, sql } from 'drizzle-orm';
import { expect } from 'vitest';
import { assessmentAmendments, assessmentResults } from '#db/schema/assessments.ts';
import '#lib/server/jobs/subscriptions.ts';
import { amendResult, confirmResults, decideResult } from '#lib/server/assessments/confirm-results.ts';
import { countResults, listResults } from '#lib/server/assessments/queries.ts';
import { proposeResults } from '#lib/server/assessments/propose-results.ts';
import { announce } from '#lib/server/platform/announce.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { assign } from '#lib/server/programmes/assign.ts';
import { aCompletion, aCourse } from '#tests/factories/courses.ts';
import { aPerson } from '#tests/factories/people.ts';
import { as, aUnit, theProvince } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

/** An office of two: one has completed the course of the year, the other has not. */
async function aYear(base: Context) {
	const province = await theProvince(base);
	const unit = await aUnit(base);
	const hr = await aPerson(base, { unit: province });
	const ctx = as(base, hr.id, { role: 'hr', unit: province });
	const [diligent, late] = [await aPerson(base, { unit }), await aPerson(base, { unit })];
	const course = await aCourse(base, { lessons: 1 });
	await assign(ctx, {
		courseId: course.id,
		dueOn: '2026-12-31',
		reason: '年度计划',
		personIds: [],
		unitIds: [unit.id],
		subtree: false
	});
	const { id: completionId } = await aCompletion(ctx, { person: diligent, course });
	await announce(ctx, 'course.completed', { personId: diligent.id, courseId: course.id, completionId });

	await proposeResults(ctx, { year: 2026, unitId: unit.id });
	const resultOf = async (personId: string) => {
		const [result] = await ctx.db.select().from(assessmentResults).where(eq(assessmentResults.personId, personId));
		return result as NonNullable<typeof result>;
	};
	return { ctx, unit, diligent, late, resultOf };
}

test('proposes from the records, as often as wanted', async ({ ctx: base }) => {
	const { ctx, unit, diligent, late, resultOf } = await aYear(base);
	expect(await resultOf(diligent.id)).toMatchObject({
		proposedBand: 'excellent',
		score: 100,
		components: { requiredCourses: 1, completedOnTime: 1, hours: 4 }
	});
	expect(await resultOf(late.id)).toMatchObject({ proposedBand: 'not-qualified', score: 0 });
	expect(await proposeResults(ctx, { year: 2026, unitId: unit.id })).toBe(2);
});

test('confirms as proposed, and with a reason where it differs', async ({ ctx: base }) => {
	const { ctx, unit, diligent, late, resultOf } = await aYear(base);
	const [good, bad] = [await resultOf(diligent.id), await resultOf(late.id)];

	await expect(decideResult(ctx, { resultId: bad.id, band: 'qualified', reason: '' })).rejects.toThrow(
		'result.reason-needed'
	);
	await decideResult(ctx, { resultId: bad.id, band: 'qualified', reason: '抽调办案两个月' });
	expect(await confirmResults(ctx, { resultIds: [good.id, bad.id], all: false, year: 2026, unitId: unit.id })).toBe(1);
	await expect(decideResult(ctx, { resultId: bad.id, band: 'excellent', reason: '再议' })).rejects.toThrow(
		'result.confirmed'
	);

	await proposeResults(ctx, { year: 2026, unitId: unit.id });
	expect(await resultOf(late.id)).toMatchObject({ confirmedBand: 'qualified', reason: '抽调办案两个月' });
});

test('a confirmed result is never changed, only amended', async ({ ctx: base }) => {
	const { ctx, unit, diligent, resultOf } = await aYear(base);
	const { id: resultId } = await resultOf(diligent.id);
	await expect(amendResult(ctx, { resultId, band: 'qualified', reason: '核对后更正' })).rejects.toThrow(
		'result.not-confirmed'
	);
	await confirmResults(ctx, { resultIds: [], all: true, year: 2026, unitId: unit.id });

	await amendResult(ctx, { resultId, band: 'qualified', reason: '核对后更正' });
	await expect(amendResult(ctx, { resultId, band: 'qualified', reason: '再次' })).rejects.toThrow('result.same-band');
	expect(await ctx.db.select().from(assessmentAmendments)).toMatchObject([
		{ fromBand: 'excellent', toBand: 'qualified' }
	]);

	const change = ctx.db.transaction((db) =>
		db.execute(sql`update assessment_results set score = 1 where id = ${resultId}`)
	);
	await expect(change).rejects.toMatchObject({ cause: { code: '23001' } });
});

test('nobody decides on themselves, or beyond their units', async ({ ctx: base }) => {
	const { ctx, unit, diligent, resultOf } = await aYear(base);
	const { id: resultId } = await resultOf(diligent.id);
	const own = as(ctx, diligent.id, { role: 'hr', unit });
	await expect(decideResult(own, { resultId, band: 'excellent', reason: '' })).rejects.toThrow('access.own-case');
	await expect(confirmResults(own, { resultIds: [resultId], all: false, year: 2026, unitId: unit.id })).rejects.toThrow(
		'result.nothing-open'
	);

	expect((await listResults(ctx, { year: 2026, unitPath: unit.path })).rows.length).toBe(2);
	const elsewhere = as(ctx, (await aPerson(ctx)).id, { role: 'hr', unit: await aUnit(ctx) });
	await expect(decideResult(elsewhere, { resultId, band: 'excellent', reason: '' })).rejects.toThrow(
		'result.not-found'
	);
	expect((await listResults(elsewhere, { year: 2026, unitPath: 'p' })).rows).toEqual([]);
});

test('lists by name and by score, page by page, and counts what it lists', async ({ ctx: base }) => {
	const { ctx, unit, diligent, late } = await aYear(base);
	const filter = { year: 2026, unitPath: unit.path };

	const first = await listResults(ctx, filter, { sort: '-score', size: 1 });
	expect(first.rows[0]?.personId).toBe(diligent.id);
	const second = await listResults(ctx, filter, { sort: '-score', size: 1, after: first.next });
	expect(second.rows[0]?.personId).toBe(late.id);
	expect((await listResults(ctx, filter, { sort: '-score', size: 1, before: second.previous })).rows).toEqual(
		first.rows
	);

	expect(await countResults(ctx, filter)).toEqual({
		excellent: 1,
		qualified: 0,
		'not-qualified': 1,
		open: 2,
		total: 2
	});
	expect((await listResults(ctx, { ...filter, band: 'excellent', search: diligent.initials })).rows).toHaveLength(1);
	expect((await listResults(ctx, { ...filter, open: false })).rows).toEqual([]);
});
