import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { completionDirty } from '#db/schema/completion.ts';
import { obligations } from '#db/schema/programmes.ts';
import '#lib/server/jobs/subscriptions.ts';
import { getOverview } from '#lib/server/completion/queries.ts';
import { refreshRollups } from '#lib/server/completion/refresh-rollups.ts';
import { tellUnits } from '#lib/server/programmes/tell-units.ts';
import { appoint } from '#lib/server/people/appoint.ts';
import { leave } from '#lib/server/people/leave.ts';
import { announce } from '#lib/server/platform/announce.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { aCompletion, aCourse } from '../../factories/courses.ts';
import { aPerson } from '../../factories/people.ts';
import { anAssignment, anObligation } from '../../factories/programmes.ts';
import { as, aUnit, theProvince } from '../../factories/units.ts';
import { test } from '../../setup/test.ts';

async function anOffice(base: Context) {
	const province = await theProvince(base);
	return as(base, (await aPerson(base, { unit: province })).id, { role: 'hr', unit: province });
}
const read = async ({ db }: Context, id: string) =>
	(await db.select().from(obligations).where(eq(obligations.id, id)))[0]!;
const post = (unitId: string) => ({
	unitId,
	title: '处长',
	leadershipLevel: null,
	rank: null,
	startsOn: '2026-11-23',
	document: null
});

test('a completed course closes what was owed for it, with the evidence', async ({ ctx }) => {
	const course = await aCourse(ctx);
	const person = await aPerson(ctx);
	const [owed, other] = [await anObligation(ctx, { person, course }), await anObligation(ctx, { person })];
	const completion = await aCompletion(ctx, { person, course });
	const fact = { personId: person.id, courseId: course.id, completionId: completion.id };
	await announce(ctx, 'course.completed', fact);

	expect(await read(ctx, owed.id)).toMatchObject({
		completedAt: ctx.now,
		completionId: completion.id,
		startedAt: ctx.now,
		unitId: person.unitId
	});
	expect((await read(ctx, other.id)).completedAt).toBeNull();
	expect(await ctx.db.select().from(completionDirty)).toMatchObject([{ unitId: person.unitId, year: 2026 }]);

	await announce({ ...ctx, now: new Date('2026-12-01T00:00:00Z') }, 'course.completed', fact);
	expect((await read(ctx, owed.id)).completedAt, 'it is closed once').toEqual(ctx.now);
});

test('a withdrawn obligation stays withdrawn when the course is completed all the same', async ({ ctx }) => {
	const course = await aCourse(ctx);
	const person = await aPerson(ctx);
	const owed = await anObligation(ctx, { person, course, withdrawnAt: ctx.now, withdrawnBecause: '计划调整' });
	const completion = await aCompletion(ctx, { person, course });
	await announce(ctx, 'course.completed', { personId: person.id, courseId: course.id, completionId: completion.id });
	expect(await read(ctx, owed.id)).toMatchObject({ completedAt: null, withdrawnBecause: '计划调整' });
});

test('the first lesson opened puts it in progress, later ones change nothing', async ({ ctx }) => {
	const course = await aCourse(ctx);
	const owed = await anObligation(ctx, { course });
	const fact = { personId: owed.personId, courseId: course.id };
	await announce(ctx, 'lesson.started', fact);
	await announce({ ...ctx, now: new Date('2026-12-01T00:00:00Z') }, 'lesson.started', fact);
	expect((await read(ctx, owed.id)).startedAt).toEqual(ctx.now);
});

test('what is open moves with a transfer, what is completed stays where it was earned', async ({ ctx: base }) => {
	const ctx = await anOffice(base);
	const [from, to] = [await aUnit(ctx), await aUnit(ctx)];
	const course = await aCourse(ctx);
	const person = await aPerson(ctx, { unit: from });
	const open = await anObligation(ctx, { person, dueOn: '2027-03-31' });
	const completion = await aCompletion(ctx, { person, course });
	const done = await anObligation(ctx, { person, course, completedAt: ctx.now, completionId: completion.id });
	const marks = await ctx.db.$count(completionDirty);

	await appoint(ctx, { personId: person.id, kind: 'transfer', ...post(to.id) });

	expect((await read(ctx, open.id)).unitId).toBe(to.id);
	expect((await read(ctx, done.id)).unitId).toBe(from.id);
	const dirty = (await ctx.db.select().from(completionDirty).orderBy(completionDirty.id)).slice(marks);
	expect(dirty.map(({ unitId, year }) => [unitId, year]).sort()).toEqual(
		[
			[from.id, 2027],
			[to.id, 2027]
		].sort()
	);
});

test('past figures of the unit that somebody leaves stay as they were', async ({ ctx: base }) => {
	const ctx = await anOffice(base);
	const [from, to] = [await aUnit(ctx), await aUnit(ctx)];
	const person = await aPerson(ctx, { unit: from });
	const late = await anObligation(ctx, { person, dueOn: '2025-11-30' });
	const over = await anObligation(ctx, { person, dueOn: '2026-03-31', expiresOn: '2026-06-30' });
	const overdue = await anObligation(ctx, { person, dueOn: '2026-02-28' });
	const figures = async () => {
		await refreshRollups(ctx);
		return [await getOverview(ctx, from.id, { year: 2025 }), await getOverview(ctx, to.id, { year: 2025 })].map(
			({ total }) => total
		);
	};
	await tellUnits(ctx, [late]);
	const before = await figures();
	expect(before[0]).toMatchObject({ due: 1, completed: 0 });

	await appoint(ctx, { personId: person.id, kind: 'transfer', ...post(to.id) });
	expect(await figures()).toEqual(before);
	expect((await read(ctx, late.id)).unitId).toBe(from.id);
	expect((await read(ctx, over.id)).unitId).toBe(from.id);
	expect((await read(ctx, overdue.id)).unitId, 'of this year, to be chased by the new unit').toBe(to.id);
});

test('who leaves owes nothing any more, and the reason is stated', async ({ ctx: base }) => {
	const ctx = await anOffice(base);
	const assignment = await anAssignment(ctx);
	const [leaving, staying] = [await anObligation(ctx, { assignment }), await anObligation(ctx, { assignment })];
	await leave(ctx, { personId: leaving.personId, status: 'retired', on: '2026-11-01' });

	expect(await read(ctx, leaving.id)).toMatchObject({ withdrawnAt: ctx.now, withdrawnBecause: 'left' });
	expect((await read(ctx, staying.id)).withdrawnAt).toBeNull();
});
