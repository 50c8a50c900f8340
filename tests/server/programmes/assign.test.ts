import { eq } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import { auditEntries } from '#db/schema/audit.ts';
import { completionDirty } from '#db/schema/completion.ts';
import { courses, masteryChecks, readingPositions } from '#db/schema/courses.ts';
import { assignments, obligations } from '#db/schema/programmes.ts';
import { reminders } from '#db/schema/reminders.ts';
import '#lib/server/jobs/subscriptions.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { newId } from '#lib/server/platform/ids.ts';
import { assign } from '#lib/server/programmes/assign.ts';
import { previewAssignment, listPreview } from '#lib/server/programmes/audience.ts';
import { aCompletion, aCourse } from '../../factories/courses.ts';
import { aPerson } from '../../factories/people.ts';
import { anObligation } from '../../factories/programmes.ts';
import { as, aUnit, type Unit } from '../../factories/units.ts';
import { test } from '../../setup/test.ts';

/** An HR office for a city bureau with a county bureau below it. */
async function aCity(ctx: Context) {
	const city = await aUnit(ctx);
	const county = await aUnit(ctx, { below: city });
	const hr = await aPerson(ctx, { unit: city });
	return { city, county, hr, ctx: as(ctx, hr.id, { role: 'hr', unit: city }) };
}

const input = (courseId: string, audience: { units?: Unit[]; people?: { id: string }[]; subtree?: boolean }) => ({
	courseId,
	dueOn: '2026-12-31',
	reason: '年度计划',
	unitIds: (audience.units ?? []).map(({ id }) => id),
	personIds: (audience.people ?? []).map(({ id }) => id),
	subtree: audience.subtree ?? true
});

const owed = ({ db }: Context, assignmentId: string) =>
	db.select().from(obligations).where(eq(obligations.assignmentId, assignmentId));

describe('whom an assignment reaches', () => {
	test('a unit with those below, or the unit alone', async ({ ctx: base }) => {
		const { ctx, city, county, hr } = await aCity(base);
		const below = await aPerson(ctx, { unit: county });

		const alone = await assign(ctx, input((await aCourse(ctx)).id, { units: [city], subtree: false }));
		expect((await owed(ctx, alone.assignmentId)).map(({ personId }) => personId)).toEqual([hr.id]);

		const all = await assign(ctx, input((await aCourse(ctx)).id, { units: [city] }));
		expect((await owed(ctx, all.assignmentId)).map(({ personId }) => personId).sort()).toEqual(
			[hr.id, below.id].sort()
		);
		expect(all.count).toBe(2);
	});

	test('nobody twice, however often they are meant', async ({ ctx: base }) => {
		const { ctx, city, county } = await aCity(base);
		const person = await aPerson(ctx, { unit: county });
		const { assignmentId } = await assign(
			ctx,
			input((await aCourse(ctx)).id, { units: [city, county], people: [person] })
		);
		expect((await owed(ctx, assignmentId)).filter(({ personId }) => personId === person.id)).toHaveLength(1);
	});

	test('not who has completed the course, owes it already, or no longer serves', async ({ ctx: base }) => {
		const { ctx, county } = await aCity(base);
		const course = await aCourse(ctx);
		const [done, owing, fresh] = [
			await aPerson(ctx, { unit: county }),
			await aPerson(ctx, { unit: county }),
			await aPerson(ctx, { unit: county })
		];
		await aPerson(ctx, { unit: county, status: 'retired', leftOn: '2026-01-01' });
		await aCompletion(ctx, { person: done, course });
		await anObligation(ctx, { person: owing, course, dueOn: '2026-12-01' });

		const audience = { unitIds: [county.id], personIds: [], subtree: true };
		expect(await previewAssignment(ctx, course.id, audience)).toEqual({ new: 1, completed: 1, obliged: 1 });
		const behind = (await listPreview(ctx, course.id, audience)).rows.map(
			({ personId, effect, dueOn, completedAt }) => [personId, effect, dueOn ?? completedAt]
		);
		expect(behind).toEqual(
			expect.arrayContaining([
				[done.id, 'completed', '2026-11-23T02:00:00+00:00'],
				[owing.id, 'obliged', '2026-12-01'],
				[fresh.id, 'new', null]
			])
		);

		const { assignmentId, count } = await assign(ctx, input(course.id, { units: [county] }));
		expect(count).toBe(1);
		expect((await owed(ctx, assignmentId)).map(({ personId }) => personId)).toEqual([fresh.id]);
		await expect(assign(ctx, input(course.id, { units: [county] }))).rejects.toThrow('assignment.nobody');
	});

	test('nobody beyond the reach of a liaison: such units and people do not exist', async ({ ctx: base }) => {
		const { city, county } = await aCity(base);
		const [liaison, above] = [await aPerson(base, { unit: county }), await aPerson(base, { unit: city })];
		const ctx = as(base, liaison.id, { role: 'liaison', unit: county });
		const { id } = await aCourse(ctx);

		await expect(assign(ctx, input(id, { units: [city] }))).rejects.toThrow('unit.not-found');
		await expect(assign(ctx, input(id, { people: [above] }))).rejects.toThrow('person.not-found');
		expect(await previewAssignment(ctx, id, { unitIds: [city.id], personIds: [above.id], subtree: true })).toEqual({
			new: 1,
			completed: 0,
			obliged: 0
		});
		await expect(
			assign(as(base, liaison.id, { role: 'leader', unit: county }), input(id, { units: [county] }))
		).rejects.toThrow('access.forbidden');
	});
});

test('sent twice, it is one assignment', async ({ ctx: base }) => {
	const { ctx, city } = await aCity(base);
	const form = { id: newId(), ...input((await aCourse(ctx)).id, { units: [city] }) };

	const first = await assign(ctx, form);
	expect(await assign(ctx, form)).toEqual(first);
	expect(await owed(ctx, form.id)).toHaveLength(1);
	expect(await ctx.db.$count(auditEntries, eq(auditEntries.subjectId, form.id))).toBe(1);

	const other = as(base, (await aPerson(ctx, { unit: city })).id, { role: 'hr', unit: city });
	await expect(assign(other, form)).rejects.toThrow('assignment.taken');
});

test('two clicks at the same moment make one assignment', async ({ freshDatabase }) => {
	const { ctx: base } = await freshDatabase();
	const { ctx, city } = await aCity(base);
	const form = { id: newId(), ...input((await aCourse(ctx)).id, { units: [city] }) };

	const [one, other] = await Promise.all([assign(ctx, form), assign(ctx, form)]);
	expect(one).toEqual(other);
	expect(await ctx.db.$count(assignments)).toBe(1);
	expect(await owed(ctx, form.id)).toHaveLength(1);
});

test('whoever has begun already is in progress from the start', async ({ ctx: base }) => {
	const { ctx, city, hr } = await aCity(base);
	const course = await aCourse(ctx);
	const [lesson] = course.lessons;
	const [reader, tried] = [await aPerson(ctx, { unit: city }), await aPerson(ctx, { unit: city })];
	const [read, opened] = [new Date('2026-11-01T00:00:00Z'), new Date('2026-10-01T00:00:00Z')];
	await ctx.db.insert(readingPositions).values({ personId: reader.id, lessonId: lesson!.id, at: read });
	await ctx.db.insert(masteryChecks).values({
		id: newId(),
		personId: tried.id,
		lessonId: lesson!.id,
		lessonVersionId: lesson!.versionId,
		number: 1,
		pass: 5,
		openedAt: opened
	});

	const { assignmentId } = await assign(ctx, input(course.id, { units: [city] }));
	const started = new Map((await owed(ctx, assignmentId)).map(({ personId, startedAt }) => [personId, startedAt]));
	expect([started.get(hr.id), started.get(reader.id), started.get(tried.id)]).toEqual([null, read, opened]);
});

test('tells each person once, marks the figures, and leaves one line in the audit', async ({ ctx: base }) => {
	const { ctx, city, county, hr } = await aCity(base);
	const course = await aCourse(ctx);
	const person = await aPerson(ctx, { unit: county });
	const { assignmentId } = await assign(ctx, input(course.id, { units: [county] }));

	const [duty] = await owed(ctx, assignmentId);
	expect(await ctx.db.select().from(reminders)).toMatchObject([
		{ personId: person.id, obligationId: duty!.id, step: 'assigned', dueOn: '2026-12-31', digestId: null }
	]);
	expect(await ctx.db.select().from(completionDirty)).toMatchObject([{ unitId: county.id, year: 2026 }]);
	expect(await ctx.db.select().from(auditEntries).where(eq(auditEntries.subjectId, assignmentId))).toMatchObject([
		{ action: 'assignment.made', actorId: hr.id, details: { people: 1, unitIds: [county.id] } }
	]);
	expect((await ctx.db.select().from(assignments).where(eq(assignments.id, assignmentId)))[0]?.unitId).toBe(city.id);
});

test('takes neither a day that has passed nor a course that is archived', async ({ ctx: base }) => {
	const { ctx, city } = await aCity(base);
	const course = await aCourse(ctx);
	const late = { ...input(course.id, { units: [city] }), dueOn: '2026-11-22' };
	await expect(assign(ctx, late)).rejects.toMatchObject({ code: 'assignment.due-past', field: 'dueOn' });
	expect((await assign(ctx, { ...late, dueOn: '2026-11-23' })).count, 'today is in time').toBe(1);

	await ctx.db.update(courses).set({ archivedAt: ctx.now }).where(eq(courses.id, course.id));
	await expect(assign(ctx, input(course.id, { units: [city] }))).rejects.toThrow('course.archived');
});
