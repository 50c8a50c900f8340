import { asc, eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { people, posts } from '#db/schema/people.ts';
import '#lib/server/jobs/subscriptions.ts';
import { appoint } from '#lib/server/people/appoint.ts';
import { applyDuePosts } from '#lib/server/people/apply-due-posts.ts';
import { hire } from '#lib/server/people/hire.ts';
import { leave, reinstate } from '#lib/server/people/leave.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { mergeUnit } from '#lib/server/units/merge-unit.ts';
import { aPerson } from '#tests/factories/people.ts';
import { as, aUnit, theProvince } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

async function anOffice(base: Context) {
	const province = await theProvince(base);
	const hr = await aPerson(base, { unit: province });
	return as(base, hr.id, { role: 'hr', unit: province });
}
const postOf = (unitId: string) => ({
	unitId,
	title: '科员',
	leadershipLevel: null,
	rank: 'clerk-1' as const,
	startsOn: '2026-03-01',
	document: null
});
const read = async (ctx: Context, id: string) => (await ctx.db.select().from(people).where(eq(people.id, id)))[0];
const postsOf = (ctx: Context, id: string) =>
	ctx.db.select().from(posts).where(eq(posts.personId, id)).orderBy(asc(posts.startsOn));

test('hires with a first post and a reading of the name', async ({ ctx: base }) => {
	const ctx = await anOffice(base);
	const unit = await aUnit(ctx);
	const details = {
		staffNumber: '200001',
		name: '单既明',
		email: null,
		joinedOn: null,
		establishment: null,
		...postOf(unit.id)
	};
	const id = await hire(ctx, details);

	expect(await read(ctx, id)).toMatchObject({
		pinyin: 'shanjiming shanjm jiming jm ming',
		initials: 'sjm',
		unitId: unit.id,
		rank: 'clerk-1',
		joinedOn: '2026-03-01'
	});
	await expect(hire(ctx, details)).rejects.toThrow('person.staff-number-taken');
});

test('a transfer ends the former post, and the past stays', async ({ ctx: base }) => {
	const ctx = await anOffice(base);
	const [from, to] = [await aUnit(ctx), await aUnit(ctx)];
	const person = await aPerson(ctx, { unit: from });

	await appoint(ctx, { personId: person.id, kind: 'transfer', ...postOf(to.id) });

	expect((await postsOf(ctx, person.id)).map(({ unitId, startsOn, endsOn }) => [unitId, startsOn, endsOn])).toEqual([
		[from.id, '2020-01-01', '2026-03-01'],
		[to.id, '2026-03-01', null]
	]);
	expect((await read(ctx, person.id))?.unitId).toBe(to.id);
	await expect(appoint(ctx, { personId: person.id, kind: 'transfer', ...postOf(from.id) })).rejects.toThrow(
		'post.same-day'
	);
});

test('a post recorded for the past fits in before the one that follows', async ({ ctx: base }) => {
	const ctx = await anOffice(base);
	const [from, to, now] = [await aUnit(ctx), await aUnit(ctx), await aUnit(ctx)];
	const person = await aPerson(ctx, { unit: from });
	await appoint(ctx, { personId: person.id, kind: 'transfer', ...postOf(now.id), startsOn: '2026-05-01' });
	await appoint(ctx, { personId: person.id, kind: 'transfer', ...postOf(to.id), startsOn: '2025-01-01' });

	expect((await postsOf(ctx, person.id)).map(({ unitId, endsOn }) => [unitId, endsOn])).toEqual([
		[from.id, '2025-01-01'],
		[to.id, '2026-05-01'],
		[now.id, null]
	]);
	expect((await read(ctx, person.id))?.unitId).toBe(now.id);
});

test('a post of the future counts from its day on', async ({ ctx: base }) => {
	const ctx = await anOffice(base);
	const to = await aUnit(ctx);
	const person = await aPerson(ctx);
	await appoint(ctx, { personId: person.id, kind: 'promotion', ...postOf(to.id), startsOn: '2027-01-01' });

	expect((await read(ctx, person.id))?.unitId).toBe(person.unitId);
	await applyDuePosts({ ...ctx, now: new Date('2027-01-01T01:00:00+08:00') });
	expect((await read(ctx, person.id))?.unitId).toBe(to.id);
});

test('a concurrent post stands beside the primary one', async ({ ctx: base }) => {
	const ctx = await anOffice(base);
	const person = await aPerson(ctx);
	await appoint(ctx, { personId: person.id, kind: 'concurrent', ...postOf((await aUnit(ctx)).id) });

	expect((await postsOf(ctx, person.id)).map(({ primary, endsOn }) => [primary, endsOn])).toEqual([
		[true, null],
		[false, null]
	]);
	expect((await read(ctx, person.id))?.unitId).toBe(person.unitId);
});

test('nobody appoints themselves, or reaches beyond their units', async ({ ctx: base }) => {
	const [own, other] = [await aUnit(base), await aUnit(base)];
	const liaison = await aPerson(base, { unit: own });
	const ctx = as(base, liaison.id, { role: 'liaison', unit: own });

	await expect(appoint(ctx, { personId: liaison.id, kind: 'promotion', ...postOf(own.id) })).rejects.toThrow(
		'access.own-case'
	);
	await expect(
		appoint(ctx, { personId: (await aPerson(ctx, { unit: own })).id, kind: 'transfer', ...postOf(other.id) })
	).rejects.toThrow('unit.not-found');
	await expect(
		appoint(ctx, { personId: (await aPerson(ctx, { unit: other })).id, kind: 'transfer', ...postOf(own.id) })
	).rejects.toThrow('person.not-found');
});

test('leaving ends every post and can be taken back', async ({ ctx: base }) => {
	const ctx = await anOffice(base);
	const person = await aPerson(ctx);
	await leave(ctx, { personId: person.id, status: 'retired', on: '2026-11-01' });

	expect(await read(ctx, person.id)).toMatchObject({ status: 'retired', leftOn: '2026-11-01', unitId: person.unitId });
	expect((await postsOf(ctx, person.id))[0]?.endsOn).toBe('2026-11-01');
	await expect(leave(ctx, { personId: person.id, status: 'left', on: '2026-11-02' })).rejects.toThrow(
		'person.not-active'
	);

	await reinstate(ctx, { personId: person.id });
	expect((await postsOf(ctx, person.id))[0]?.endsOn).toBeNull();
});

test('people go along when their unit goes over into another', async ({ ctx: base }) => {
	const ctx = await anOffice(base);
	const [unit, into] = [await aUnit(ctx), await aUnit(ctx)];
	const person = await aPerson(ctx, { unit });

	await mergeUnit(ctx, { unitId: unit.id, intoId: into.id, from: '2026-11-23' });

	expect((await read(ctx, person.id))?.unitId).toBe(into.id);
	expect((await postsOf(ctx, person.id)).map(({ unitId, endsOn, kind }) => [unitId, endsOn, kind])).toEqual([
		[unit.id, '2026-11-23', 'initial'],
		[into.id, null, 'transfer']
	]);
});
