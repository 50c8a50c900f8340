import fc from 'fast-check';
import { expect, test as pure } from 'vitest';
import { abilitiesOf, type Ability } from '#lib/server/access/abilities.ts';
import { can } from '#lib/server/access/scope.ts';
import type { Actor } from '#lib/server/platform/context.ts';
import { roles } from '#lib/server/platform/roles.ts';
import { grantRole, mayGrant, revokeRole } from '#lib/server/units/grant-role.ts';
import { aPerson } from '#tests/factories/people.ts';
import { as, aUnit, theProvince } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

const from = '2026-11-23';

test('gives a role once, and takes it back', async ({ ctx: base }) => {
	const province = await theProvince(base);
	const ctx = as(base, (await aPerson(base, { unit: province })).id, { role: 'admin', unit: province });
	const person = await aPerson(base);
	const input = { personId: person.id, role: 'liaison' as const, unitId: person.unitId as string, from, until: null };

	const grantId = await grantRole(ctx, input);
	await expect(grantRole(ctx, input)).rejects.toThrow('grant.exists');
	await revokeRole(ctx, { grantId });
	await expect(revokeRole(ctx, { grantId })).rejects.toThrow('grant.not-found');
	await grantRole(ctx, input);
});

test('refuses to give oneself a role, or one beyond one’s own', async ({ ctx: base }) => {
	const province = await theProvince(base);
	const unit = await aUnit(base);
	const hr = await aPerson(base, { unit });
	const person = await aPerson(base, { unit });
	const ctx = as(base, hr.id, { role: 'hr', unit });

	const give = (change: object) =>
		grantRole(ctx, { personId: person.id, role: 'liaison', unitId: unit.id, from, until: null, ...change });
	await expect(give({ personId: hr.id })).rejects.toThrow('access.own-case');
	await expect(give({ role: 'admin' })).rejects.toThrow('access.beyond-own');
	await expect(give({ role: 'auditor' })).rejects.toThrow('access.beyond-own');
	await expect(give({ unitId: province.id })).rejects.toThrow('unit.not-found');
	await expect(give({ personId: (await aPerson(base)).id })).rejects.toThrow('person.not-found');
	await give({});
});

pure('hands on nothing that one does not hold, unless one administers', () => {
	const paths = ['p', 'p.a', 'p.a.b', 'p.c'];
	const anActor = fc
		.array(
			fc.record({
				role: fc.constantFrom(...roles.filter((role) => role !== 'admin')),
				unitPath: fc.constantFrom(...paths)
			}),
			{ maxLength: 3 }
		)
		.map((grants): Actor => ({ personId: 'somebody', unitPath: 'p', grants }));

	fc.assert(
		fc.property(anActor, fc.constantFrom(...roles), fc.constantFrom(...paths), (actor, role, path) => {
			if (!mayGrant(actor, role, path)) return;
			const handedOn: readonly Ability[] = abilitiesOf[role];
			expect(handedOn.filter((ability) => !can(actor, ability, path))).toEqual([]);
		})
	);
});
