import { expect } from 'vitest';
import '#lib/server/jobs/subscriptions.ts';
import { leave, reinstate } from '#lib/server/people/leave.ts';
import { closeUnit } from '#lib/server/units/close-unit.ts';
import { mergeUnit } from '#lib/server/units/merge-unit.ts';
import { moveUnit } from '#lib/server/units/move-unit.ts';
import { listPendingChanges } from '#lib/server/units/pending-changes.ts';
import { renameUnit } from '#lib/server/units/rename-unit.ts';
import { aPerson } from '#tests/factories/people.ts';
import { as, aUnit, theProvince } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

test('lists what lies ahead of the units within reach, the next first', async ({ ctx: base }) => {
	const province = await theProvince(base);
	const hr = await aPerson(base, { unit: province });
	const ctx = as(base, hr.id, { role: 'hr', unit: province });
	const [unit, into, third] = [await aUnit(ctx), await aUnit(ctx), await aUnit(ctx)];
	const below = await aUnit(ctx, { below: unit });
	await mergeUnit(ctx, { unitId: unit.id, intoId: into.id, from: '2027-03-01' });
	await renameUnit(ctx, { unitId: into.id, name: '综合处', from: '2027-01-01' });
	await moveUnit(ctx, { unitId: third.id, parentId: into.id, from: '2027-02-01' });
	await renameUnit(ctx, { unitId: third.id, name: '信息处', from: '2026-11-01' });

	const changes = (await listPendingChanges(ctx)).map(({ unitId, on, kind, to, along }) => [
		unitId,
		on,
		kind,
		to,
		along
	]);
	expect(changes.slice(0, 2)).toEqual([
		[into.id, '2027-01-01', 'rename', '综合处', false],
		[third.id, '2027-02-01', 'move', into.name, false]
	]);
	expect(changes.slice(2)).toHaveLength(2);
	expect(changes).toContainEqual([unit.id, '2027-03-01', 'merge', into.name, false]);
	expect(changes).toContainEqual([below.id, '2027-03-01', 'move', into.name, true]);

	expect(await listPendingChanges(as(ctx, hr.id, { role: 'hr', unit: third }))).toHaveLength(1);
	expect(await listPendingChanges(ctx, { unitId: into.id })).toHaveLength(1);
});

test('nobody is reinstated into a unit that has ended', async ({ ctx: base }) => {
	const province = await theProvince(base);
	const ctx = as(base, (await aPerson(base, { unit: province })).id, { role: 'hr', unit: province });
	const unit = await aUnit(ctx);
	const person = await aPerson(ctx, { unit });
	await leave(ctx, { personId: person.id, status: 'retired', on: '2026-11-01' });
	await closeUnit(ctx, { unitId: unit.id, from: '2026-11-20' });

	await expect(reinstate(ctx, { personId: person.id })).rejects.toThrow('person.unit-ends');
});
