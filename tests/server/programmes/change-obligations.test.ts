import { eq, sql } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import { auditEntries } from '#db/schema/audit.ts';
import { posts } from '#db/schema/people.ts';
import { notifications } from '#db/schema/notifications.ts';
import { assignments, obligations } from '#db/schema/programmes.ts';
import { promotionRequirements, promotions } from '#db/schema/promotions.ts';
import '#lib/server/jobs/subscriptions.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { newId } from '#lib/server/platform/ids.ts';
import { extend, remind, withdraw } from '#lib/server/programmes/change-obligations.ts';
import { previewChange } from '#lib/server/programmes/obligation-queries.ts';
import { aCompletion, aCourse } from '../../factories/courses.ts';
import { aPerson } from '../../factories/people.ts';
import { anAssignment, anObligation } from '../../factories/programmes.ts';
import { as, aUnit } from '../../factories/units.ts';
import { test } from '../../setup/test.ts';

/** Three people of a unit owe a course through one assignment of that unit; an HR person of the unit acts. */
async function threeWhoOwe(base: Context) {
	const unit = await aUnit(base);
	const course = await aCourse(base);
	const hr = await aPerson(base, { unit });
	const assignment = await anAssignment(base, { course, unit, by: hr });
	const open = [];
	for (let number = 0; number < 3; number++)
		open.push(await anObligation(base, { assignment, person: await aPerson(base, { unit }) }));
	return { ctx: as(base, hr.id, { role: 'hr' as const, unit }), unit, course, hr, assignment, open };
}

const all = (assignmentId: string) => ({ assignmentId, obligationIds: [], listed: true, q: '' });
const only = (assignmentId: string, ...picked: { id: string }[]) => ({
	assignmentId,
	obligationIds: picked.map(({ id }) => id),
	listed: false,
	q: ''
});
const read = async ({ db }: Context, id: string) =>
	(await db.select().from(obligations).where(eq(obligations.id, id)))[0]!;
const told = ({ db }: Context, personId: string) =>
	db.select().from(notifications).where(eq(notifications.personId, personId)).orderBy(notifications.createdAt);

describe('extending', () => {
	test('moves the date of those picked, and tells them', async ({ ctx: base }) => {
		const { ctx, assignment, open } = await threeWhoOwe(base);
		const [first, second] = open;
		expect(await extend(ctx, { ...only(assignment.id, first!), dueOn: '2027-01-31' })).toBe(1);

		expect([(await read(ctx, first!.id)).dueOn, (await read(ctx, second!.id)).dueOn]).toEqual([
			'2027-01-31',
			'2026-12-31'
		]);
		expect(await told(ctx, first!.personId)).toMatchObject([{ kind: 'extended', values: { dueOn: '2027-01-31' } }]);
		expect(await told(ctx, second!.personId)).toEqual([]);
		expect((await ctx.db.select().from(assignments))[0]?.dueOn, 'the assignment keeps its own date').toBe('2026-12-31');
	});

	test('moves the assignment too when it is for everybody', async ({ ctx: base }) => {
		const { ctx, assignment } = await threeWhoOwe(base);
		expect(await extend(ctx, { ...all(assignment.id), dueOn: '2027-01-31' })).toBe(3);
		expect((await ctx.db.select().from(assignments))[0]?.dueOn).toBe('2027-01-31');
	});

	test('sent twice says the same and tells nobody twice; there and back again is told each time', async ({
		ctx: base
	}) => {
		const { ctx, assignment, open } = await threeWhoOwe(base);
		const later = { ...ctx, now: new Date(ctx.now.getTime() + 60_000) };
		await extend(ctx, { ...all(assignment.id), dueOn: '2027-01-31' });
		expect(await extend(later, { ...all(assignment.id), dueOn: '2027-01-31' })).toBe(3);
		expect(await told(ctx, open[0]!.personId)).toHaveLength(1);

		await extend(later, { ...all(assignment.id), dueOn: '2026-12-31' });
		expect((await told(ctx, open[0]!.personId)).map(({ values }) => values.dueOn)).toEqual([
			'2027-01-31',
			'2026-12-31'
		]);
	});

	test('takes no day that has passed, and nothing that is completed', async ({ ctx: base }) => {
		const { ctx, course, assignment, unit } = await threeWhoOwe(base);
		await expect(extend(ctx, { ...all(assignment.id), dueOn: '2026-11-22' })).rejects.toMatchObject({
			code: 'assignment.due-past',
			field: 'dueOn'
		});

		const person = await aPerson(ctx, { unit });
		const completion = await aCompletion(ctx, { person, course });
		const done = await anObligation(ctx, { assignment, person, completedAt: ctx.now, completionId: completion.id });
		await expect(extend(ctx, { ...only(assignment.id, done), dueOn: '2027-01-31' })).rejects.toThrow(
			'assignment.nothing-open'
		);
	});
});

describe('withdrawing', () => {
	test('takes it back from those picked, with the reason', async ({ ctx: base }) => {
		const { ctx, assignment, open } = await threeWhoOwe(base);
		await withdraw(ctx, { ...only(assignment.id, open[0]!), because: '借调在外' });
		expect(await read(ctx, open[0]!.id)).toMatchObject({ withdrawnAt: ctx.now, withdrawnBecause: '借调在外' });
		expect((await read(ctx, open[1]!.id)).withdrawnAt).toBeNull();
		expect(await told(ctx, open[0]!.personId)).toMatchObject([{ kind: 'withdrawn' }]);
	});

	test('the whole of it closes the assignment; what is completed stays completed', async ({ ctx: base }) => {
		const { ctx, hr, course, assignment, unit } = await threeWhoOwe(base);
		const person = await aPerson(ctx, { unit });
		const done = await anObligation(ctx, {
			assignment,
			person,
			completedAt: ctx.now,
			completionId: (await aCompletion(ctx, { person, course })).id
		});

		expect(await withdraw(ctx, { ...all(assignment.id), because: '计划调整' })).toBe(3);
		expect((await read(ctx, done.id)).withdrawnAt).toBeNull();
		expect((await ctx.db.select().from(assignments))[0]).toMatchObject({
			withdrawnBy: hr.id,
			withdrawnBecause: '计划调整'
		});
		await expect(withdraw(ctx, { ...all(assignment.id), because: '再来一次' })).rejects.toThrow(
			'assignment.nothing-open'
		);
	});

	test('what a promotion asks for stays owed, by its own date', async ({ ctx: base }) => {
		const { ctx, assignment, course, open } = await threeWhoOwe(base);
		const { personId } = open[0]!;
		const [post] = await ctx.db.select().from(posts).where(eq(posts.personId, personId));
		const promotion = {
			id: newId(),
			personId,
			postId: post!.id,
			unitId: post!.unitId,
			toLevel: 'section-chief' as const,
			startsOn: '2026-06-01',
			dueOn: '2027-06-01',
			createdAt: ctx.now
		};
		await ctx.db.insert(promotions).values(promotion);
		await ctx.db
			.insert(promotionRequirements)
			.values({ promotionId: promotion.id, courseId: course.id, dueOn: '2027-06-01' });

		await withdraw(ctx, { ...all(assignment.id), because: '计划调整' });
		expect(await ctx.db.select().from(obligations).where(eq(obligations.promotionId, promotion.id))).toMatchObject([
			{ personId, dueOn: '2027-06-01', withdrawnAt: null }
		]);
	});
});

test('reminds each person at most once a day', async ({ ctx: base }) => {
	const { ctx, assignment, open } = await threeWhoOwe(base);
	await remind(ctx, all(assignment.id));
	await remind(ctx, all(assignment.id));
	expect(await told(ctx, open[0]!.personId)).toHaveLength(1);

	await remind({ ...ctx, now: new Date('2026-11-24T02:00:00Z') }, all(assignment.id));
	expect(await told(ctx, open[0]!.personId)).toHaveLength(2);
});

test('a filter narrows the list, the preview and the change alike', async ({ ctx: base }) => {
	const { ctx, assignment, open } = await threeWhoOwe(base);
	await ctx.db.update(obligations).set({ startedAt: ctx.now }).where(eq(obligations.id, open[1]!.id));
	const filter = { ...all(assignment.id), state: 'in-progress' as const };

	expect(await previewChange(ctx, assignment.id, { state: 'in-progress' })).toMatchObject({ count: 1, overdue: 0 });
	expect(await withdraw(ctx, { ...filter, because: '计划调整' })).toBe(1);
	expect((await read(ctx, open[1]!.id)).withdrawnAt).not.toBeNull();
	expect((await ctx.db.select().from(assignments))[0]?.withdrawnAt, 'others still owe it').toBeNull();
});

test('nobody decides about what they owe themselves', async ({ ctx: base }) => {
	const { ctx, hr, assignment } = await threeWhoOwe(base);
	const own = await anObligation(ctx, { assignment, person: hr });

	await expect(extend(ctx, { ...only(assignment.id, own), dueOn: '2027-01-31' })).rejects.toThrow('access.own-case');
	await expect(withdraw(ctx, { ...only(assignment.id, own), because: '不必' })).rejects.toThrow('access.own-case');
	expect(await withdraw(ctx, { ...all(assignment.id), because: '计划调整' }), 'a list passes it over').toBe(3);
	expect((await read(ctx, own.id)).withdrawnAt).toBeNull();
	expect((await ctx.db.select().from(assignments))[0]?.withdrawnAt, 'it is still open for one').toBeNull();
});

test('who only has people in it may remind them, and change nothing', async ({ ctx: base }) => {
	const city = await aUnit(base);
	const [county, beside] = [await aUnit(base, { below: city }), await aUnit(base, { below: city })];
	const assignment = await anAssignment(base, { unit: city });
	const [near, far] = [
		await anObligation(base, { assignment, person: await aPerson(base, { unit: county }) }),
		await anObligation(base, { assignment, person: await aPerson(base, { unit: beside }) })
	];
	const liaison = as(base, (await aPerson(base, { unit: county })).id, { role: 'liaison', unit: county });

	expect(await remind(liaison, all(assignment.id))).toBe(1);
	expect(await told(base, near.personId)).toHaveLength(1);
	expect(await told(base, far.personId)).toEqual([]);
	await expect(remind(liaison, only(assignment.id, far))).rejects.toThrow('assignment.nothing-open');
	await expect(extend(liaison, { ...all(assignment.id), dueOn: '2027-01-31' })).rejects.toThrow('assignment.not-found');
	await expect(withdraw(liaison, { ...all(assignment.id), because: '不必' })).rejects.toThrow('assignment.not-found');

	const stranger = await aUnit(base);
	const outsider = as(base, (await aPerson(base, { unit: stranger })).id, { role: 'hr', unit: stranger });
	await expect(remind(outsider, all(assignment.id))).rejects.toThrow('assignment.not-found');
});

test('every change leaves one line in the audit, without names', async ({ ctx: base }) => {
	const { ctx, assignment, open } = await threeWhoOwe(base);
	await extend(ctx, { ...only(assignment.id, open[0]!), dueOn: '2027-01-31' });
	await remind(ctx, all(assignment.id));
	await withdraw(ctx, { ...all(assignment.id), because: '白景行不必' });

	const lines = await ctx.db
		.select()
		.from(auditEntries)
		.where(eq(auditEntries.subjectId, assignment.id))
		.orderBy(sql`action`);
	expect(lines.map(({ action }) => action)).toEqual([
		'assignment.extended',
		'assignment.reminded',
		'assignment.withdrawn'
	]);
	expect(JSON.stringify(lines)).not.toContain('白景行');
});
