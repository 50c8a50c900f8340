import { expect } from 'vitest';
import { countPeople, eachThousand, listPeople, type PeopleOrder } from '#lib/server/people/list-people.ts';
import type { PeopleFilter } from '#lib/server/people/listed.ts';
import { readingOf } from '#lib/server/people/name-reading.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { aPerson } from '#tests/factories/people.ts';
import { as, aUnit, theProvince, type Unit } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

async function anOffice(base: Context, role: 'hr' | 'liaison' = 'hr') {
	const unit = await aUnit(base, { position: 2 });
	const hr = await aPerson(base, { unit, name: '林素问', staffNumber: '000001' });
	return { unit, ctx: as(base, hr.id, { role, unit }) };
}
const named = (ctx: Context, unit: Unit, name: string, values: Partial<Parameters<typeof aPerson>[1]> = {}) =>
	aPerson(ctx, { unit, name, ...readingOf(name), ...values });
const namesOf = async (ctx: Context, filter: PeopleFilter = {}, sort?: PeopleOrder) =>
	(await listPeople(ctx, filter, { sort })).rows.map(({ name }) => name);

test('names stand in the order of pinyin, numbers in that of their characters', async ({ ctx: base }) => {
	const { ctx, unit } = await anOffice(base);
	await named(ctx, unit, '苏叶青', { staffNumber: '000003' });
	await named(ctx, unit, '白景行', { staffNumber: '000002' });

	expect(await namesOf(ctx)).toEqual(['白景行', '林素问', '苏叶青']);
	expect(await namesOf(ctx, {}, '-name')).toEqual(['苏叶青', '林素问', '白景行']);
	expect(await namesOf(ctx, {}, 'number')).toEqual(['林素问', '白景行', '苏叶青']);
});

test('units stand in official order, and people in them by name', async ({ ctx: base }) => {
	const { ctx, unit } = await anOffice(base);
	const [second, first] = [
		await aUnit(ctx, { below: unit, position: 2 }),
		await aUnit(ctx, { below: unit, position: 1 })
	];
	await named(ctx, second, '安然');
	await named(ctx, first, '苏叶青');
	await named(ctx, await aUnit(ctx, { below: first }), '赵望舒');
	await named(ctx, first, '白景行');

	expect(await namesOf(ctx, {}, 'unit')).toEqual(['林素问', '白景行', '苏叶青', '赵望舒', '安然']);
	expect(await namesOf(ctx, {}, '-unit')).toEqual(['安然', '赵望舒', '苏叶青', '白景行', '林素问']);
});

test.for(['name', '-name', 'number', '-number', 'unit', '-unit'] as const)(
	'pages there and back by %s',
	async (sort, { ctx: base }) => {
		const { ctx, unit } = await anOffice(base);
		const below = await aUnit(ctx, { below: unit });
		for (let number = 0; number < 6; number++) await named(ctx, number % 2 ? unit : below, '白景行');

		const whole = (await listPeople(ctx, {}, { sort })).rows.map(({ id }) => id);
		const first = await listPeople(ctx, {}, { sort, size: 3 });
		const second = await listPeople(ctx, {}, { sort, size: 3, after: first.next });
		const third = await listPeople(ctx, {}, { sort, size: 3, after: second.next });
		expect([first, second, third].flatMap(({ rows }) => rows.map(({ id }) => id))).toEqual(whole);
		expect([first.previous, third.next]).toEqual([null, null]);
		expect((await listPeople(ctx, {}, { sort, size: 3, before: third.previous })).rows).toEqual(second.rows);

		const exported = await Array.fromAsync(eachThousand(ctx, {}, { sort }));
		expect(exported.flat().map(({ id }) => id)).toEqual(whole);
	}
);

test('shows nobody beyond the actor’s units', async ({ ctx: base }) => {
	const { ctx, unit } = await anOffice(base, 'liaison');
	const below = await aUnit(ctx, { below: unit });
	await named(ctx, below, '白景行');
	const elsewhere = await named(ctx, await aUnit(ctx), '苏叶青');

	expect(await namesOf(ctx)).toEqual(['白景行', '林素问']);
	expect(await namesOf(ctx, { unit: elsewhere.unitId ?? '' })).toEqual([]);
	expect(await namesOf(ctx, { unit: (await theProvince(ctx)).id })).toEqual(['白景行', '林素问']);
	expect(await namesOf(ctx, { unit: unit.id, only: true })).toEqual(['林素问']);
	expect(await namesOf(as(ctx, ctx.actor.personId, { role: 'leader', unit }))).toEqual([]);
	expect(await countPeople(ctx, {})).toBe(2);
	expect(await countPeople(ctx, {}, { most: 1 })).toBe(2);
});

test('narrows by level, rank, status and what somebody typed', async ({ ctx: base }) => {
	const { ctx, unit } = await anOffice(base);
	await named(ctx, unit, '白景行', { leadershipLevel: 'division-chief', rank: 'counsel-1' });
	await named(ctx, unit, '苏叶青', { rank: 'clerk-1' });
	await named(ctx, unit, '赵望舒', { status: 'retired', leftOn: '2026-01-01' });

	expect(await namesOf(ctx, { level: 'any' })).toEqual(['白景行']);
	expect(await namesOf(ctx, { level: 'none' })).toEqual(['林素问', '苏叶青']);
	expect(await namesOf(ctx, { level: 'division-chief', rank: 'counsel-1' })).toEqual(['白景行']);
	expect(await namesOf(ctx, { rank: 'none' })).toEqual(['林素问']);
	expect(await namesOf(ctx, { status: 'retired' })).toEqual(['赵望舒']);
	expect(await namesOf(ctx, { status: 'all', q: 'zws' })).toEqual(['赵望舒']);
});

test('a cursor that somebody wrote begins at the first page', async ({ ctx: base }) => {
	const { ctx } = await anOffice(base);
	for (const after of ['x', 'e30', Buffer.from('["a","b"]').toString('base64url')])
		expect((await listPeople(ctx, {}, { after, sort: 'unit' })).rows).toHaveLength(1);
});
