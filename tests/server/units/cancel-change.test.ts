import { asc, eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { posts } from '#db/schema/people.ts';
import '#lib/server/jobs/subscriptions.ts';
import { appoint } from '#lib/server/people/appoint.ts';
import { applyDueChanges } from '#lib/server/units/apply-due-changes.ts';
import { cancelChange } from '#lib/server/units/cancel-change.ts';
import { closeUnit } from '#lib/server/units/close-unit.ts';
import { mergeUnit } from '#lib/server/units/merge-unit.ts';
import { moveUnit } from '#lib/server/units/move-unit.ts';
import { findUnit, listPeriods } from '#lib/server/units/queries.ts';
import { renameUnit } from '#lib/server/units/rename-unit.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { aPerson } from '#tests/factories/people.ts';
import { as, aUnit, theProvince } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

async function anOffice(base: Context) {
	const province = await theProvince(base);
	return as(base, (await aPerson(base, { unit: province })).id, { role: 'hr', unit: province });
}
const from = '2027-01-01';
const then = (ctx: Context) => ({ ...ctx, now: new Date('2027-01-01T01:00:00+08:00') });
const periodsOf = async (ctx: Context, id: string) =>
	(await listPeriods(ctx, id)).map(({ period: { name, startsOn, endsOn } }) => [name, startsOn, endsOn]);
const postsOf = async (ctx: Context, id: string) =>
	(await ctx.db.select().from(posts).where(eq(posts.personId, id)).orderBy(asc(posts.startsOn))).map(
		({ unitId, startsOn, endsOn }) => [unitId, startsOn, endsOn]
	);

test('a name that was to come does not come', async ({ ctx: base }) => {
	const ctx = await anOffice(base);
	const unit = await aUnit(ctx, { name: '法制处' });
	await renameUnit(ctx, { unitId: unit.id, name: '法规处', from });
	await cancelChange(ctx, { unitId: unit.id, from });

	expect(await periodsOf(ctx, unit.id)).toEqual([['法制处', '2000-01-01', null]]);
	expect(await applyDueChanges(then(ctx))).toBe(0);
	await expect(cancelChange(ctx, { unitId: unit.id, from })).rejects.toThrow('change.not-found');
});

test('what has begun stays, and who may not edit the unit may not cancel', async ({ ctx: base }) => {
	const ctx = await anOffice(base);
	const unit = await aUnit(ctx);
	await renameUnit(ctx, { unitId: unit.id, name: '法规处', from: '2026-11-23' });
	await expect(cancelChange(ctx, { unitId: unit.id, from: '2026-11-23' })).rejects.toThrow('unit.change-began');
	await expect(
		cancelChange(as(ctx, ctx.actor.personId, { role: 'liaison', unit }), { unitId: unit.id, from })
	).rejects.toThrow('unit.not-found');
});

test('a unit that was to close goes on', async ({ ctx: base }) => {
	const ctx = await anOffice(base);
	const unit = await aUnit(ctx);
	await closeUnit(ctx, { unitId: unit.id, from });
	await cancelChange(ctx, { unitId: unit.id, from });

	await applyDueChanges(then(ctx));
	expect((await findUnit(ctx, unit.id))?.closedOn).toBeNull();
});

test('a merger that was to come leaves units and people where they are', async ({ ctx: base }) => {
	const ctx = await anOffice(base);
	const [unit, into] = [await aUnit(ctx), await aUnit(ctx)];
	const below = await aUnit(ctx, { below: unit });
	const person = await aPerson(ctx, { unit });
	await mergeUnit(ctx, { unitId: unit.id, intoId: into.id, from });
	await expect(cancelChange(ctx, { unitId: below.id, from })).rejects.toThrow('unit.moves-with-merger');

	await cancelChange(ctx, { unitId: unit.id, from });

	expect(await periodsOf(ctx, below.id)).toEqual([[below.name, '2000-01-01', null]]);
	expect(await postsOf(ctx, person.id)).toEqual([[unit.id, '2020-01-01', null]]);
	expect(await applyDueChanges(then(ctx))).toBe(0);
});

test('who comes to a unit before its merger goes over with it', async ({ ctx: base }) => {
	const ctx = await anOffice(base);
	const [unit, into] = [await aUnit(ctx), await aUnit(ctx)];
	const person = await aPerson(ctx);
	await mergeUnit(ctx, { unitId: unit.id, intoId: into.id, from });
	const post = {
		personId: person.id,
		kind: 'transfer' as const,
		unitId: unit.id,
		title: '科员',
		leadershipLevel: null,
		rank: null,
		document: null
	};

	await expect(appoint(ctx, { ...post, startsOn: from })).rejects.toThrow('unit.closes');
	await appoint(ctx, { ...post, startsOn: '2026-12-01' });
	expect(await postsOf(ctx, person.id)).toEqual([
		[person.unitId, '2020-01-01', '2026-12-01'],
		[unit.id, '2026-12-01', from],
		[into.id, from, null]
	]);
});

test('a move is not taken back into a unit that will be gone', async ({ ctx: base }) => {
	const ctx = await anOffice(base);
	const [old, next] = [await aUnit(ctx), await aUnit(ctx)];
	const unit = await aUnit(ctx, { below: old });
	await moveUnit(ctx, { unitId: unit.id, parentId: next.id, from });
	await closeUnit(ctx, { unitId: old.id, from });
	await expect(cancelChange(ctx, { unitId: unit.id, from })).rejects.toThrow('unit.parent-closes');
});
