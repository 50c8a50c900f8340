import { expect } from 'vitest';
import { addTarget, changeTarget, endTarget } from '#lib/server/hours/set-target.ts';
import { listAllTargets, listTargets } from '#lib/server/hours/targets.ts';
import { aPerson } from '#tests/factories/people.ts';
import { as, aUnit, theProvince } from '#tests/factories/units.ts';
import { withoutTargets } from '#tests/factories/hours.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { test } from '#tests/setup/test.ts';

const target = {
	...{ nameZh: '科级及以下', nameEn: 'Section level and below', grades: ['section' as const, 'staff' as const] },
	...{ establishments: [], words: [], years: 1 as const, hours: 90, category: null, from: 2026, basis: '年度培训计划' }
};
const anAdmin = async (ctx: Context) =>
	as(ctx, (await aPerson(ctx)).id, { role: 'admin', unit: await theProvince(ctx) });
const hoursIn = async (ctx: Context, year: number) => (await listTargets(ctx, year)).map(({ hours }) => hours);

test('begins with what the offices are asked for in general', async ({ ctx }) => {
	const targets = await listTargets(ctx, 2026);
	expect(targets.map(({ years, hours, category }) => ({ years, hours, category }))).toEqual([
		{ years: 5, hours: 550, category: null },
		{ years: 1, hours: 90, category: null },
		{ years: 1, hours: 60, category: null },
		{ years: 1, hours: 50, category: 'online' }
	]);
});

test('puts another in the place of a target from a year on, and leaves the years before alone', async ({ ctx }) => {
	await withoutTargets(ctx);
	const admin = await anAdmin(ctx);
	const targetId = await addTarget(admin, target);
	const later = await changeTarget(admin, { targetId, ...target, hours: 100, from: 2027 });
	expect([await hoursIn(ctx, 2025), await hoursIn(ctx, 2026), await hoursIn(ctx, 2027)]).toEqual([[], [90], [100]]);

	await endTarget(admin, { targetId: later, until: 2028 });
	expect([await hoursIn(ctx, 2028), await hoursIn(ctx, 2029)]).toEqual([[100], []]);
	await expect(changeTarget(admin, { targetId, ...target })).rejects.toThrow('hour-target.ended');
	expect(await listAllTargets(admin)).toHaveLength(2);
});

test('leaves years past as they were', async ({ ctx }) => {
	const admin = await anAdmin(ctx);
	await expect(addTarget(admin, { ...target, from: 2025 })).rejects.toThrow('hour-target.year-past');
	const targetId = await addTarget(admin, { ...target, from: 2027 });
	await expect(changeTarget(admin, { targetId, ...target })).rejects.toThrow('hour-target.before-start');
});

test('is for those alone who decide over the whole tree', async ({ ctx }) => {
	const unit = await aUnit(ctx);
	const admin = as(ctx, (await aPerson(ctx, { unit })).id, { role: 'admin', unit });
	await expect(addTarget(admin, target)).rejects.toThrow('access.forbidden');
});
