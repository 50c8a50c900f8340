import { expect } from 'vitest';
import { applyDueChanges } from '#lib/server/units/apply-due-changes.ts';
import { closeUnit } from '#lib/server/units/close-unit.ts';
import { mergeUnit } from '#lib/server/units/merge-unit.ts';
import { findUnits } from '#lib/server/units/find-units.ts';
import { moveUnit } from '#lib/server/units/move-unit.ts';
import { openUnit } from '#lib/server/units/open-unit.ts';
import { findUnit, listPeriods, listTree } from '#lib/server/units/queries.ts';
import { renameUnit } from '#lib/server/units/rename-unit.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { aPerson } from '#tests/factories/people.ts';
import { as, aUnit, theProvince } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

async function anOffice(ctx: Context) {
	const province = await theProvince(ctx);
	const hr = await aPerson(ctx, { unit: province });
	return { province, ctx: as(ctx, hr.id, { role: 'hr', unit: province }) };
}
const later = (ctx: Context, iso: string) => ({ ...ctx, now: new Date(iso) });

test('opens a unit below another, once per code', async ({ ctx: base }) => {
	const { province, ctx } = await anOffice(base);
	const input = {
		parentId: province.id,
		kind: 'division' as const,
		name: '劳动关系处',
		code: 'LR',
		position: 3,
		from: '2026-11-01'
	};
	const id = await openUnit(ctx, input);

	expect(await findUnit(ctx, id)).toMatchObject({ name: '劳动关系处', parentId: province.id, openedOn: '2026-11-01' });
	await expect(openUnit(ctx, { ...input, name: '仲裁处' })).rejects.toThrow('unit.code-taken');
});

test('renames from a date on, and keeps what it was', async ({ ctx: base }) => {
	const { ctx } = await anOffice(base);
	const unit = await aUnit(ctx, { name: '法制处' });

	await renameUnit(ctx, { unitId: unit.id, name: '法规处', from: '2026-06-01' });
	await renameUnit(ctx, { unitId: unit.id, name: '政策法规处', from: '2027-01-01' });

	expect((await findUnit(ctx, unit.id))?.name).toBe('法规处');
	expect((await listPeriods(ctx, unit.id)).map(({ period }) => [period.name, period.startsOn, period.endsOn])).toEqual([
		['政策法规处', '2027-01-01', null],
		['法规处', '2026-06-01', '2027-01-01'],
		['法制处', '2000-01-01', '2026-06-01']
	]);

	expect(await applyDueChanges(later(ctx, '2027-01-01T00:00:00+08:00'))).toBe(1);
	expect((await findUnit(ctx, unit.id))?.name).toBe('政策法规处');
});

test('moves a unit with everything below it', async ({ ctx: base }) => {
	const { ctx } = await anOffice(base);
	const [old, next] = [await aUnit(ctx), await aUnit(ctx)];
	const unit = await aUnit(ctx, { below: old });
	const below = await aUnit(ctx, { below: unit });

	await moveUnit(ctx, { unitId: unit.id, parentId: next.id, from: '2026-11-23' });

	const moved = await findUnit(ctx, below.id);
	expect(moved?.path).toBe(`${next.path}.${unit.path.split('.').at(-1)}.${below.path.split('.').at(-1)}`);
	await expect(moveUnit(ctx, { unitId: next.id, parentId: below.id, from: '2026-11-23' })).rejects.toThrow(
		'unit.below-itself'
	);
});

test('closes only what is empty', async ({ ctx: base }) => {
	const { ctx } = await anOffice(base);
	const unit = await aUnit(ctx);
	const staffed = await aUnit(ctx, { below: unit });
	await aPerson(ctx, { unit: staffed });

	await expect(closeUnit(ctx, { unitId: unit.id, from: '2026-11-23' })).rejects.toThrow('unit.has-units');
	await expect(closeUnit(ctx, { unitId: staffed.id, from: '2026-11-23' })).rejects.toThrow('unit.has-people');

	const empty = await aUnit(ctx);
	await closeUnit(ctx, { unitId: empty.id, from: '2026-11-23' });
	expect((await findUnit(ctx, empty.id))?.closedOn).toBe('2026-11-23');
	expect((await listTree(ctx)).some(({ id }) => id === empty.id)).toBe(false);
});

test('merges an empty unit, taking along what stands below it', async ({ ctx: base }) => {
	const { ctx } = await anOffice(base);
	const [unit, into] = [await aUnit(ctx), await aUnit(ctx)];
	const below = await aUnit(ctx, { below: unit });

	await mergeUnit(ctx, { unitId: unit.id, intoId: into.id, from: '2026-11-23' });

	expect(await findUnit(ctx, unit.id)).toMatchObject({ closedOn: '2026-11-23', mergedIntoId: into.id });
	expect((await findUnit(ctx, below.id))?.parentId).toBe(into.id);
});

test('hides units out of reach', async ({ ctx: base }) => {
	const { ctx } = await anOffice(base);
	const [own, other] = [await aUnit(ctx), await aUnit(ctx)];
	const liaison = as(ctx, ctx.actor.personId, { role: 'hr', unit: own });

	expect((await listTree(liaison)).map(({ id }) => id)).toEqual([own.id]);
	await expect(renameUnit(liaison, { unitId: other.id, name: '别处', from: '2026-11-23' })).rejects.toThrow(
		'unit.not-found'
	);
	await expect(moveUnit(liaison, { unitId: own.id, parentId: other.id, from: '2026-11-23' })).rejects.toThrow(
		'unit.not-found'
	);
});

test('a later decision carries on a name that is changed before it', async ({ ctx: base }) => {
	const { ctx } = await anOffice(base);
	const [unit, next] = [await aUnit(ctx, { name: '法制处' }), await aUnit(ctx)];
	await moveUnit(ctx, { unitId: unit.id, parentId: next.id, from: '2027-01-01' });
	await renameUnit(ctx, { unitId: unit.id, name: '法规处', from: '2026-12-01' });

	expect((await listPeriods(ctx, unit.id)).map(({ period }) => [period.name, period.startsOn])).toEqual([
		['法规处', '2027-01-01'],
		['法规处', '2026-12-01'],
		['法制处', '2000-01-01']
	]);
});

test('no unit goes below one that is about to end', async ({ ctx: base }) => {
	const { ctx } = await anOffice(base);
	const [ending, unit] = [await aUnit(ctx), await aUnit(ctx)];
	await closeUnit(ctx, { unitId: ending.id, from: '2027-01-01' });

	await expect(moveUnit(ctx, { unitId: unit.id, parentId: ending.id, from: '2026-12-01' })).rejects.toThrow(
		'unit.parent-closes'
	);
	await expect(mergeUnit(ctx, { unitId: unit.id, intoId: ending.id, from: '2026-12-01' })).rejects.toThrow(
		'unit.closes'
	);
	const input = {
		parentId: ending.id,
		kind: 'division' as const,
		name: '仲裁处',
		code: 'ZC',
		position: 1,
		from: '2026-11-01'
	};
	await expect(openUnit(ctx, input)).rejects.toThrow('unit.parent-closes');
});

test('the tree counts the people in service of each unit, and finds a unit with the way to it', async ({
	ctx: base
}) => {
	const { ctx, province } = await anOffice(base);
	const unit = await aUnit(ctx, { name: '仲裁院', code: 'ZCY' });
	for (let number = 0; number < 3; number++) await aPerson(ctx, { unit });
	await aPerson(ctx, { unit, status: 'retired', leftOn: '2026-01-01' });

	expect((await listTree(ctx, { search: '仲裁' })).map(({ id, people }) => [id, people])).toEqual([
		[province.id, 1],
		[unit.id, 3]
	]);
	expect(await findUnits(ctx, { q: 'zcy' })).toEqual([{ id: unit.id, name: '仲裁院', depth: 0, above: province.name }]);
});
