import { expect } from 'vitest';
import { getOverviewFrame, listOverviewRoots, topmostOf } from '#lib/server/completion/overview-frame.ts';
import { newId } from '#lib/server/platform/ids.ts';
import { anObligation } from '#tests/factories/programmes.ts';
import { markDirty, refreshRollups } from '#lib/server/completion/refresh-rollups.ts';
import { aPerson } from '#tests/factories/people.ts';
import { as, aUnit } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

test('leads from the actor’s own root down to the unit, past its neighbours', async ({ ctx: base }) => {
	const city = await aUnit(base);
	const county = await aUnit(base, { below: city });
	const office = await aUnit(base, { below: county });
	await aUnit(base, { below: county });
	const ctx = as(base, (await aPerson(base, { unit: city })).id, { role: 'leader', unit: city });

	for (const which of [{ unitId: office.id }, { path: office.path }]) {
		const { unit, way } = await getOverviewFrame(ctx, which);
		expect(unit.id).toBe(office.id);
		expect(way.map(({ id }) => id)).toEqual([city.id, county.id, office.id]);
	}
	for (const unitId of [newId(), 'nothing', (await aUnit(base)).id]) {
		await expect(getOverviewFrame(ctx, { unitId })).rejects.toThrow('unit.not-found');
	}
});

test('offers the years there are, and says up to when changes are counted', async ({ ctx: base }) => {
	const unit = await aUnit(base);
	const ctx = as(base, (await aPerson(base, { unit })).id, { role: 'leader', unit });
	expect(await getOverviewFrame(ctx, { unitId: unit.id })).toMatchObject({ years: [2026], asOf: ctx.now });

	await anObligation(ctx, { person: await aPerson(ctx, { unit }), dueOn: '2024-05-01' });
	const earlier = { ...ctx, now: new Date(ctx.now.getTime() - 60_000) };
	await markDirty(earlier, { units: [{ unitId: unit.id, year: 2024 }] });
	expect(await getOverviewFrame(ctx, { unitId: unit.id })).toMatchObject({ asOf: earlier.now });
	await refreshRollups(ctx);
	expect(await getOverviewFrame(ctx, { unitId: unit.id })).toMatchObject({ years: [2026, 2025, 2024], asOf: ctx.now });
});

test('several grants begin at the topmost of them', async ({ ctx: base }) => {
	const [city, other] = [await aUnit(base), await aUnit(base)];
	const county = await aUnit(base, { below: city });
	const held = [city, county, other].map((unit) => ({ role: 'leader' as const, unit }));
	const ctx = as(base, (await aPerson(base)).id, ...held);
	expect(topmostOf(ctx.actor)).toEqual([city.path, other.path]);
	expect((await listOverviewRoots(ctx)).map(({ id }) => id)).toEqual([city.id, other.id]);
});
