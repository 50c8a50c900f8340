import { sql } from 'drizzle-orm';
import { expect } from 'vitest';
import type { Context } from '#lib/server/platform/context.ts';
import {
	eachObligation,
	listAssignmentUnits,
	listObligations,
	previewChange
} from '#lib/server/programmes/obligation-queries.ts';
import { aPerson } from '../../factories/people.ts';
import { anAssignment, anObligation } from '../../factories/programmes.ts';
import { as, aUnit } from '../../factories/units.ts';
import { test } from '../../setup/test.ts';

async function anOffice(base: Context, count: number) {
	const unit = await aUnit(base);
	const county = await aUnit(base, { below: unit });
	const hr = await aPerson(base, { unit });
	const assignment = await anAssignment(base, { unit, by: hr });
	const people = [];
	for (let number = 0; number < count; number++) {
		const person = await aPerson(base, { unit: number % 2 ? county : unit });
		people.push(person);
		await anObligation(base, { assignment, person, startedAt: number % 3 ? null : base.now });
	}
	return { ctx: as(base, hr.id, { role: 'hr' as const, unit }), unit, county, assignment, people };
}

test('lists people by name in the order of pinyin, page by page and back', async ({ ctx: base }) => {
	const { ctx, assignment } = await anOffice(base, 60);
	const first = await listObligations(ctx, assignment.id);
	const second = await listObligations(ctx, assignment.id, { after: first.next });
	const { rows } = await ctx.db.execute<{ name: string }>(
		sql`select p.name from obligations o join people p on p.id = o.person_id where o.assignment_id = ${assignment.id} order by p.name collate "zh-x-icu", o.id`
	);
	expect([...first.rows, ...second.rows].map(({ name }) => name)).toEqual(rows.map(({ name }) => name));
	expect((await listObligations(ctx, assignment.id, { before: second.previous })).rows).toEqual(first.rows);
});

test('an export holds exactly what is listed, all pages of it', async ({ ctx: base }) => {
	const { ctx, assignment, county } = await anOffice(base, 120);
	const filter = { unit: county.id, sort: '-number' as const };
	const exported = await Array.fromAsync(eachObligation(ctx, assignment.id, filter));
	const first = await listObligations(ctx, assignment.id, filter);
	const second = await listObligations(ctx, assignment.id, { ...filter, after: first.next });
	expect(exported).toEqual([...first.rows, ...second.rows]);
	expect(exported).toHaveLength(60);
});

test('is narrowed by state, unit and whatever a person is called', async ({ ctx: base }) => {
	const { ctx, unit, county, assignment, people } = await anOffice(base, 6);
	const [person] = people;
	expect((await listObligations(ctx, assignment.id, { state: 'in-progress' })).rows).toHaveLength(2);
	expect((await listObligations(ctx, assignment.id, { unit: county.id })).rows).toHaveLength(3);
	expect((await listObligations(ctx, assignment.id, { unit: unit.id })).rows, 'with those below').toHaveLength(6);
	for (const q of [person!.name, person!.pinyin, person!.initials, person!.staffNumber])
		expect((await listObligations(ctx, assignment.id, { q })).rows.map(({ personId }) => personId)).toContain(
			person!.id
		);
	expect((await listAssignmentUnits(ctx, assignment.id)).map(({ id }) => id)).toEqual([unit.id, county.id]);
});

test('says for each person why they are meant', async ({ ctx: base }) => {
	const { ctx, unit, assignment, people } = await anOffice(base, 2);
	const line = async () => (await listObligations(ctx, assignment.id, { q: people[1]!.staffNumber })).rows[0];
	expect(await line()).toMatchObject({ named: false, throughUnit: unit.name });

	await ctx.db.execute(sql`update assignment_targets set subtree = false where assignment_id = ${assignment.id}`);
	expect(await line(), 'moved since').toMatchObject({ named: false, throughUnit: null });
	await ctx.db.execute(
		sql`update assignment_targets set unit_id = null, person_id = ${people[1]!.id} where assignment_id = ${assignment.id}`
	);
	expect(await line()).toMatchObject({ named: true });
});

test('a preview counts what a change would touch, not what is out of reach or closed', async ({ ctx: base }) => {
	const { ctx, assignment, county } = await anOffice(base, 6);
	await anObligation(ctx, { assignment, withdrawnAt: ctx.now, withdrawnBecause: '计划调整' });
	await anObligation(ctx, {
		assignment,
		dueOn: '2026-11-01',
		person: await aPerson(ctx, { unit: county, name: '陈知微' })
	});
	expect(await previewChange(ctx, assignment.id, {})).toMatchObject({ count: 7, overdue: 1 });

	const liaison = as(base, (await aPerson(base, { unit: county })).id, { role: 'liaison', unit: county });
	expect(await previewChange(liaison, assignment.id, { state: 'overdue' })).toEqual({
		count: 1,
		overdue: 1,
		names: ['陈知微']
	});
	const rows = (await listObligations(ctx, assignment.id)).rows.slice(0, 2).map(({ id }) => id);
	expect(await previewChange(ctx, assignment.id, { obligationIds: rows })).toMatchObject({ count: 2 });
	expect(await previewChange(ctx, assignment.id, { obligationIds: [] })).toMatchObject({ count: 0, names: [] });
});
