import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { notifications } from '#db/schema/notifications.ts';
import { grants } from '#db/schema/units.ts';
import '#lib/server/jobs/subscriptions.ts';
import { tellOfEndedLoans } from '#lib/server/notifications/tell-deputies.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { newId } from '#lib/server/platform/ids.ts';
import { revokeRole } from '#lib/server/units/grant-role.ts';
import { endLoan, lendRole } from '#lib/server/units/lend-role.ts';
import { aPerson } from '#tests/factories/people.ts';
import { as, aUnit, theProvince } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

const [from, until] = ['2026-11-24', '2026-12-04'];

async function aLoan(base: Context) {
	const unit = await aUnit(base);
	const [hr, deputy] = [await aPerson(base, { unit }), await aPerson(base, { unit })];
	const own = newId();
	const held = { personId: hr.id, role: 'hr' as const, unitId: unit.id, startsOn: '2020-01-01', grantedAt: base.now };
	await base.db.insert(grants).values({ id: own, ...held });
	const lender = as(base, hr.id, { role: 'hr', unit });
	const grantId = await lendRole(lender, { grantId: own, unitId: unit.id, personId: deputy.id, from, until });
	return { unit, hr, deputy, lender, own, grantId };
}

const toldTo = ({ db }: Context, personId: string) =>
	db
		.select({ kind: notifications.kind, values: notifications.values })
		.from(notifications)
		.where(eq(notifications.personId, personId))
		.orderBy(notifications.kind);

test('whoever is to act for somebody is told for whom, as what and from when to when', async ({ ctx }) => {
	const { unit, hr, deputy } = await aLoan(ctx);
	expect(await toldTo(ctx, deputy.id)).toEqual([
		{ kind: 'role_lent', values: { role: 'hr', unit: unit.name, name: hr.name, on: from, dueOn: until } }
	]);
});

test('both are told once when it has ended by itself, from the day after its last on', async ({ ctx }) => {
	const { hr, deputy } = await aLoan(ctx);
	const at = (day: string) => ({ ...ctx, now: new Date(`${day}T01:00:00Z`) });
	await tellOfEndedLoans(at('2026-12-04'));
	expect(await toldTo(ctx, hr.id)).toEqual([]);
	for (const day of ['2026-12-05', '2026-12-06']) await tellOfEndedLoans(at(day));
	expect(await toldTo(ctx, hr.id)).toMatchObject([{ kind: 'role_returned', values: { own: true, name: deputy.name } }]);
	expect(await toldTo(ctx, deputy.id)).toMatchObject([
		{ kind: 'role_lent' },
		{ kind: 'role_returned', values: { own: false, name: hr.name } }
	]);
});

test('who ends it early knows it; the other one is told', async ({ ctx }) => {
	const { hr, deputy, lender, grantId } = await aLoan(ctx);
	await endLoan(lender, { grantId });
	expect(await toldTo(ctx, hr.id)).toEqual([]);
	expect((await toldTo(ctx, deputy.id)).map(({ kind }) => kind)).toEqual(['role_lent', 'role_returned']);
	await tellOfEndedLoans({ ...ctx, now: new Date('2026-12-05T01:00:00Z') });
	expect(await toldTo(ctx, hr.id)).toEqual([]);
});

test('where the role itself is taken away, its loan ends, and both are told', async ({ ctx }) => {
	const { hr, deputy, own } = await aLoan(ctx);
	const admin = as(ctx, (await aPerson(ctx)).id, { role: 'admin', unit: await theProvince(ctx) });
	await revokeRole(admin, { grantId: own });
	for (const { id } of [hr, deputy]) expect((await toldTo(ctx, id)).map(({ kind }) => kind)).toContain('role_returned');
});
