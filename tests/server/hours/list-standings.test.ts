import { expect } from 'vitest';
import type { HoursOrder } from '#lib/server/hours/list-standings.ts';
import { countBelow, eachStanding, listStandings } from '#lib/server/hours/list-standings.ts';
import { aTarget, someHours, withoutTargets } from '#tests/factories/hours.ts';
import { aPerson } from '#tests/factories/people.ts';
import { as, aUnit } from '#tests/factories/units.ts';
import { test as base } from '#tests/setup/test.ts';

/** Three people of a unit with 10, 95 and no hours of this year, against 90. */
const test = base.extend<{ world: { hr: Parameters<typeof listStandings>[0]; unitId: string } }>({
	world: async ({ ctx }, use) => {
		await withoutTargets(ctx);
		await aTarget(ctx);
		const unit = await aUnit(ctx);
		for (const [name, hours] of [
			['白一', 10],
			['白二', 95],
			['白三', 0]
		] as const) {
			const { id: personId } = await aPerson(ctx, { unit, name });
			if (hours > 0) await someHours(ctx, { personId, hours });
			await someHours(ctx, { personId, hours: 90, year: 2025 });
		}
		await use({ hr: as(ctx, (await aPerson(ctx)).id, { role: 'leader', unit }), unitId: unit.id });
	}
});

test('lists people of the actor’s reach with the hours of the year and what is missing', async ({ world: { hr } }) => {
	const { rows } = await listStandings(hr, {}, { sort: '-hours' });
	expect(rows.map(({ name, hours, missing }) => [name, hours, missing])).toEqual([
		['白二', 95, 0],
		['白一', 10, 80],
		['白三', 0, 90]
	]);
	expect((await listStandings(hr, { missing: true }, { sort: 'missing' })).rows.map(({ name }) => name)).toEqual([
		'白一',
		'白三'
	]);
	expect([await countBelow(hr, {}), await countBelow(hr, { year: 2025 })]).toEqual([2, 0]);
});

test('pages through the same order that an export writes, either way', async ({ world: { hr } }) => {
	for (const sort of ['name', '-name', 'hours', '-hours', 'missing', '-missing'] satisfies HoursOrder[]) {
		const whole = (await Array.fromAsync(eachStanding(hr, {}, sort))).map(({ name }) => name);
		const paged: string[] = [];
		let after: string | null = null;
		do {
			const page: Awaited<ReturnType<typeof listStandings>> = await listStandings(hr, {}, { sort, after, size: 1 });
			paged.push(...page.rows.map(({ name }) => name));
			after = page.next;
		} while (after);
		expect(paged).toEqual(whole);
		expect(paged).toHaveLength(3);
	}
});

test('shows nobody to whoever may not see hours', async ({ ctx, world: { unitId } }) => {
	const other = as(ctx, (await aPerson(ctx)).id, { role: 'hr', unit: await aUnit(ctx) });
	expect((await listStandings(other, { unit: unitId })).rows).toEqual([]);
});
