import { eq } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import { auditEntries } from '#db/schema/audit.ts';
import { people } from '#db/schema/people.ts';
import { accounts } from '#db/schema/sessions.ts';
import { grants, units } from '#db/schema/units.ts';
import '#lib/server/jobs/subscriptions.ts';
import { can } from '#lib/server/access/scope.ts';
import { findDeputies } from '#lib/server/people/find-deputies.ts';
import { leave } from '#lib/server/people/leave.ts';
import { listRoleHolders } from '#lib/server/people/list-role-holders.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { newId } from '#lib/server/platform/ids.ts';
import { readSession } from '#lib/server/sessions/read-session.ts';
import { grantRole, revokeRole } from '#lib/server/units/grant-role.ts';
import { endLoan, lendRole } from '#lib/server/units/lend-role.ts';
import { listLendable, listOwnLoans } from '#lib/server/units/list-loans.ts';
import { anAccount } from '#tests/factories/accounts.ts';
import { aPerson, type Person } from '#tests/factories/people.ts';
import { aSession } from '#tests/factories/sessions.ts';
import { as, aUnit, theProvince, type Unit } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

const [from, until] = ['2026-11-23', '2026-12-31'];

/** HR of a city with a county below; a colleague in the county. The role has an end where one is given. */
async function aCity(base: Context, endsOn: string | null = null) {
	const city = await aUnit(base);
	const county = await aUnit(base, { below: city });
	const [hr, colleague] = [await aPerson(base, { unit: city }), await aPerson(base, { unit: county })];
	const grantId = newId();
	await base.db.insert(grants).values({
		id: grantId,
		personId: hr.id,
		role: 'hr',
		unitId: city.id,
		startsOn: '2020-01-01',
		endsOn,
		grantedAt: base.now
	});
	const ctx = as(base, hr.id, { role: 'hr', unit: city });
	const lend = (change: object = {}) =>
		lendRole(ctx, { grantId, unitId: county.id, personId: colleague.id, from, until, ...change });
	return { ctx, city, county, hr, colleague, grantId, lend };
}

/** The roles with which a person would act in a request at that instant. */
async function actorAt(base: Context, person: Person, now: string) {
	const ctx = { ...base, now: new Date(now) };
	if ((await base.db.$count(accounts, eq(accounts.personId, person.id))) === 0) await anAccount(base, { person });
	const brief = await aSession(ctx, person.id);
	return (await readSession(ctx, { brief, remembered: undefined }))!.actor;
}

describe('a role lent for a time', () => {
	test('is held from the first day to the last, over the unit named, and by itself no longer', async ({
		ctx: base
	}) => {
		const { lend, county, city, colleague, hr } = await aCity(base);
		await lend({ from: '2026-12-01' });

		expect((await actorAt(base, colleague, '2026-11-30T15:59:00Z')).grants).toEqual([]);
		const first = await actorAt(base, colleague, '2026-11-30T16:00:00Z'); // midnight in Shanghai
		expect(first.grants).toMatchObject([{ role: 'hr', unitPath: county.path, lent: true }]);
		expect(can(first, 'people:edit', county.path)).toBe(true);
		expect(can(first, 'people:edit', city.path)).toBe(false);
		expect((await actorAt(base, colleague, '2026-12-31T15:59:00Z')).grants).toHaveLength(1);
		expect((await actorAt(base, colleague, '2026-12-31T16:00:00Z')).grants).toEqual([]);
		expect((await actorAt(base, hr, '2026-12-10T00:00:00Z')).grants).toHaveLength(1);
	});

	test('does not let its holder hand roles on', async ({ ctx: base }) => {
		const { lend, county, colleague } = await aCity(base);
		await lend();
		const actor = await actorAt(base, colleague, '2026-11-25T00:00:00Z');
		const somebody = await aPerson(base, { unit: county });
		expect(can(actor, 'role:grant', county.path)).toBe(false);
		const act = grantRole(
			{ ...base, actor },
			{ personId: somebody.id, role: 'liaison', unitId: county.id, from, until: null }
		);
		await expect(act).rejects.toThrow('unit.not-found');
	});

	test('is never lent again', async ({ ctx: base }) => {
		const { lend, county, colleague } = await aCity(base);
		const lent = await lend();
		const deputy = as(base, colleague.id, { role: 'hr', unit: county });
		const other = await aPerson(base, { unit: county });
		expect(await listLendable(deputy)).toEqual([]);
		const again = { grantId: lent, unitId: county.id, personId: other.id, from, until };
		await expect(lendRole(deputy, again)).rejects.toThrow('deputy.lent-already');
	});

	test.for([
		{ because: 'the same person', change: { personId: 'hr' }, code: 'access.own-case' },
		{ because: 'a unit above', change: { unitId: 'province' }, code: 'unit.not-found' },
		{ because: 'a person of another unit', change: { personId: 'stranger' }, code: 'person.not-found' },
		{ because: 'a day that is over', change: { from: '2026-11-22' }, code: 'deputy.begins-before' },
		{
			because: 'an end before the beginning',
			change: { from: '2026-12-10', until: '2026-12-09' },
			code: 'deputy.ends-before'
		},
		{ because: 'a year and a day', change: { until: '2027-11-23' }, code: 'deputy.too-long' },
		{ because: 'longer than one’s own', change: { until: '2027-06-30' }, code: 'deputy.beyond-own-time' }
	])('is refused for $because', async ({ change, code }, { ctx: base }) => {
		const { lend, hr } = await aCity(base, '2027-06-30');
		const named: Record<string, string> = {
			hr: hr.id,
			province: (await theProvince(base)).id,
			stranger: (await aPerson(base)).id
		};
		const said = Object.fromEntries(Object.entries(change).map(([field, value]) => [field, named[value] ?? value]));
		await expect(lend(said)).rejects.toThrow(code);
		await lend({ until: '2027-06-29' });
	});

	test('is refused to whoever does not hold it, and where it is held already', async ({ ctx: base }) => {
		const { lend, grantId, county, colleague } = await aCity(base);
		const other = as(base, colleague.id, { role: 'hr', unit: county });
		await expect(lendRole(other, { grantId, unitId: county.id, personId: colleague.id, from, until })).rejects.toThrow(
			'grant.not-found'
		);
		await lend();
		await expect(lend({ until: '2026-12-10' })).rejects.toThrow('grant.exists');
	});
});

describe('a loan ends', () => {
	test('early by either side, and by nobody else', async ({ ctx: base }) => {
		const { lend, ctx, colleague, county } = await aCity(base);
		const stranger = as(base, (await aPerson(base, { unit: county })).id, { role: 'hr', unit: county });
		const first = await lend();
		await expect(endLoan(stranger, { grantId: first })).rejects.toThrow('grant.not-found');
		await endLoan(ctx, { grantId: first });
		expect((await actorAt(base, colleague, '2026-11-25T00:00:00Z')).grants).toEqual([]);

		const second = await lend();
		await endLoan(as(base, colleague.id), { grantId: second });
		await expect(endLoan(ctx, { grantId: second })).rejects.toThrow('grant.not-found');
		const lines = await base.db
			.select()
			.from(auditEntries)
			.where(eq(auditEntries.subjectId, colleague.id))
			.orderBy(auditEntries.id);
		expect(lines.map(({ action }) => action)).toEqual(['role.lent', 'role.loan-ended', 'role.lent', 'role.loan-ended']);
	});

	test('with the role that it is lent from', async ({ ctx: base }) => {
		const { lend, grantId, colleague, ctx } = await aCity(base);
		await lend();
		const province = await theProvince(base);
		await revokeRole(as(base, (await aPerson(base)).id, { role: 'admin', unit: province }), { grantId });
		expect((await actorAt(base, colleague, '2026-11-25T00:00:00Z')).grants).toEqual([]);
		expect(await listOwnLoans(ctx)).toEqual([]);
	});

	test('when its lender retires', async ({ ctx: base }) => {
		const { lend, hr, colleague } = await aCity(base);
		await lend();
		const province = await theProvince(base);
		const admin = as(base, (await aPerson(base, { unit: province })).id, { role: 'admin', unit: province });
		await leave(admin, { personId: hr.id, status: 'retired', on: '2026-11-23' });
		expect((await actorAt(base, colleague, '2026-11-25T00:00:00Z')).grants).toEqual([]);
	});

	test('where its unit moves out of the lender’s reach', async ({ ctx: base }) => {
		const { lend, county, colleague } = await aCity(base);
		await lend();
		await base.db
			.update(units)
			.set({ path: `p.moved${county.path.split('.').at(-1)}` })
			.where(eq(units.id, county.id));
		expect((await actorAt(base, colleague, '2026-11-25T00:00:00Z')).grants).toEqual([]);
	});
});

test('both sides see it, and the list of roles says for whom', async ({ ctx: base }) => {
	const { lend, ctx, hr, colleague, county } = await aCity(base);
	await lend();
	expect(await listOwnLoans(ctx)).toMatchObject([
		{ deputy: colleague.name, lender: hr.name, lastDay: until, isLent: true, isInForce: true }
	]);
	expect(await listOwnLoans(as(base, colleague.id))).toMatchObject([{ unit: county.name, isLent: false }]);
	const { rows } = await listRoleHolders(ctx, { q: colleague.staffNumber });
	expect(rows).toMatchObject([{ role: 'hr', lentBy: hr.name }]);
});

test('finds deputies in the unit of the role and below', async ({ ctx: base }) => {
	const { ctx, city, colleague, hr } = await aCity(base);
	await aPerson(base, { name: '外人' });
	expect((await findDeputies(ctx, city.path, colleague.staffNumber)).map(({ id }) => id)).toEqual([colleague.id]);
	expect(await findDeputies(ctx, city.path, hr.staffNumber)).toEqual([]);
	expect(await findDeputies(ctx, city.path, '外人')).toEqual([]);
});

test('the database itself refuses a loan that goes too far', async ({ ctx: base }) => {
	const { hr, colleague, grantId, city, county } = await aCity(base);
	const insert = (change: object) =>
		base.db.transaction((db) =>
			db.insert(grants).values({
				id: newId(),
				personId: colleague.id,
				role: 'hr',
				unitId: county.id,
				startsOn: from,
				endsOn: until,
				lentByGrantId: grantId,
				grantedBy: hr.id,
				grantedAt: base.now,
				...change
			})
		);
	const above: Unit = await theProvince(base);
	for (const change of [
		{ role: 'admin' },
		{ unitId: above.id },
		{ endsOn: '2028-01-01' },
		{ personId: hr.id, grantedBy: null },
		{ startsOn: '2019-01-01', endsOn: '2019-06-01' }
	]) {
		await expect(insert(change)).rejects.toThrow();
	}
	await insert({});
	expect(await base.db.$count(people, eq(people.unitId, city.id))).toBe(1);
});
