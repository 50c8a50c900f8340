import { describe, expect } from 'vitest';
import type { Context } from '#lib/server/platform/context.ts';
import { getAssignment, listAssignments } from '#lib/server/programmes/assignment-queries.ts';
import { aCompletion, aCourse } from '../../factories/courses.ts';
import { aPerson } from '../../factories/people.ts';
import { anAssignment, anObligation } from '../../factories/programmes.ts';
import { as, aUnit } from '../../factories/units.ts';
import { test } from '../../setup/test.ts';

const reader = async (ctx: Context, unit: Awaited<ReturnType<typeof aUnit>>, role: 'hr' | 'leader' = 'hr') =>
	as(ctx, (await aPerson(ctx, { unit })).id, { role, unit });

/** An assignment of a city: one person in each state, of whom two work in a county below. */
async function oneInEachState(ctx: Context) {
	const city = await aUnit(ctx);
	const county = await aUnit(ctx, { below: city });
	const course = await aCourse(ctx);
	const assignment = await anAssignment(ctx, { course, unit: city });
	const owes = async (unit: typeof city, values: Parameters<typeof anObligation>[1]) =>
		anObligation(ctx, { assignment, person: await aPerson(ctx, { unit }), ...values });
	await owes(city, {});
	await owes(city, { startedAt: ctx.now });
	await owes(city, { withdrawnAt: ctx.now, withdrawnBecause: '计划调整' });
	await owes(county, { dueOn: '2026-11-22' });
	const person = await aPerson(ctx, { unit: county });
	await anObligation(ctx, {
		assignment,
		person,
		completedAt: ctx.now,
		completionId: (await aCompletion(ctx, { person, course })).id
	});
	return { city, county, assignment };
}

test('counts each state, of those within reach alone', async ({ ctx: base }) => {
	const { city, county, assignment } = await oneInEachState(base);
	expect(await getAssignment(await reader(base, city), assignment.id)).toMatchObject({
		counts: { open: 1, 'in-progress': 1, completed: 1, overdue: 1, withdrawn: 1 },
		people: 4,
		mayChange: true,
		targets: [{ kind: 'unit', name: city.name, subtree: true }]
	});
	expect(await getAssignment(await reader(base, county), assignment.id)).toMatchObject({
		counts: { open: 0, 'in-progress': 0, completed: 1, overdue: 1, withdrawn: 0 },
		people: 2,
		mayChange: false
	});
	expect(await getAssignment(await reader(base, city, 'leader'), assignment.id)).toMatchObject({ mayChange: false });
});

test('an assignment out of reach does not exist', async ({ ctx: base }) => {
	const { assignment } = await oneInEachState(base);
	const stranger = await reader(base, await aUnit(base));
	await expect(getAssignment(stranger, assignment.id)).rejects.toThrow('assignment.not-found');
	await expect(getAssignment(stranger, 'nonsense')).rejects.toThrow('assignment.not-found');
	expect((await listAssignments(stranger)).rows).toEqual([]);
	await expect(listAssignments(as(base, stranger.actor.personId))).rejects.toThrow('access.forbidden');
});

describe('the list', () => {
	test('is searched by course, reason and who assigned it', async ({ ctx: base }) => {
		const unit = await aUnit(base);
		const ctx = await reader(base, unit);
		const course = await aCourse(ctx, { title: { 'zh-CN': '社会保险法', en: 'Social insurance' } });
		const first = await anAssignment(ctx, {
			unit,
			course,
			reason: '年度计划',
			by: await aPerson(ctx, { name: '林素问' })
		});
		await anAssignment(ctx, { unit, reason: '100%覆盖' });

		for (const q of ['社会', 'INSURANCE', '年度', '林素'])
			expect((await listAssignments(ctx, { q })).rows.map(({ id }) => id)).toEqual([first.id]);
		expect((await listAssignments(ctx, { q: '0%' })).rows).toHaveLength(1);
		expect((await listAssignments(ctx, { q: '_' })).rows).toEqual([]);
	});

	test('tells what is still open from what is not', async ({ ctx: base }) => {
		const { city, assignment } = await oneInEachState(base);
		const ctx = await reader(base, city);
		const closed = await anAssignment(ctx, { unit: city });
		expect((await listAssignments(ctx, { standing: 'open' })).rows.map(({ id }) => id)).toEqual([assignment.id]);
		expect((await listAssignments(ctx, { standing: 'closed' })).rows.map(({ id }) => id)).toEqual([closed.id]);
	});

	test.for(['-created', 'created', 'due', '-due'] as const)(
		'is paged by key, sorted by %s, without gaps or repeats',
		async (sort, { ctx: base }) => {
			const unit = await aUnit(base);
			const ctx = await reader(base, unit);
			const course = await aCourse(ctx);
			const by = await aPerson(ctx);
			for (let number = 0; number < 30; number++) {
				const createdAt = new Date(ctx.now.getTime() - (number % 7) * 86_400_000);
				await anAssignment(ctx, { unit, course, by, createdAt, dueOn: `2026-12-${10 + (number % 5)}` });
			}

			const first = await listAssignments(ctx, { sort });
			const second = await listAssignments(ctx, { sort, after: first.next });
			const rows = [...first.rows, ...second.rows];
			expect([first.rows.length, second.rows.length, second.next, first.previous]).toEqual([25, 5, null, null]);
			expect(new Set(rows.map(({ id }) => id)).size).toBe(30);
			const keys = rows.map((row) => (sort.endsWith('due') ? row.dueOn : row.createdAt));
			expect(keys).toEqual(sort.startsWith('-') ? keys.toSorted().toReversed() : keys.toSorted());
			expect((await listAssignments(ctx, { sort, before: second.previous })).rows).toEqual(first.rows);
		}
	);
});
