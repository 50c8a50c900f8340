import { expect } from 'vitest';
import { getRoleHolder, listRoleHolders } from '#lib/server/people/list-role-holders.ts';
import { grantRole, listGrantable, revokeRole } from '#lib/server/units/grant-role.ts';
import { aPerson } from '#tests/factories/people.ts';
import { aGrant, as, aUnit, theProvince } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

const all = { q: '' };

test('lists who holds what within reach, by name, with what may be taken back', async ({ ctx: base }) => {
	const province = await theProvince(base);
	const unit = await aUnit(base);
	const hr = await aPerson(base, { unit, name: '包公' });
	const [auditor, liaison, elsewhere] = [
		await aPerson(base, { unit, name: '丁一' }),
		await aPerson(base, { unit, name: '陈二' }),
		await aPerson(base)
	];
	await aGrant(base, hr.id, 'hr', unit);
	await aGrant(base, auditor.id, 'auditor', unit);
	await aGrant(base, liaison.id, 'liaison', unit);
	await aGrant(base, elsewhere.id, 'liaison', province);
	const ctx = as(base, hr.id, { role: 'hr', unit });

	const { rows } = await listRoleHolders(ctx, all);
	expect(rows.map(({ name, mayRevoke }) => [name, mayRevoke])).toEqual([
		['包公', false],
		['陈二', true],
		['丁一', false]
	]);
	expect((await listRoleHolders(ctx, { q: 'dingyi' })).rows.map(({ name }) => name)).toEqual([]);
	expect((await listRoleHolders(ctx, { q: '陈二' })).rows).toHaveLength(1);
	expect((await listRoleHolders(ctx, { q: '', role: 'auditor' })).rows.map(({ name }) => name)).toEqual(['丁一']);
});

test('pages by name', async ({ ctx: base }) => {
	const unit = await aUnit(base);
	for (const name of ['丙', '甲', '乙']) await aGrant(base, (await aPerson(base, { unit, name })).id, 'leader', unit);
	const ctx = as(base, (await aPerson(base, { unit })).id, { role: 'auditor', unit });

	const first = await listRoleHolders(ctx, all, {}, 2);
	const second = await listRoleHolders(ctx, all, { after: first.next }, 2);
	expect([...first.rows, ...second.rows].map(({ name }) => name)).toEqual(['丙', '甲', '乙']);
	expect((await listRoleHolders(ctx, all, { before: second.previous }, 2)).rows).toEqual(first.rows);
});

test('leaves out what is over, and says what is still to come', async ({ ctx: base }) => {
	const province = await theProvince(base);
	const ctx = as(base, (await aPerson(base, { unit: province })).id, { role: 'admin', unit: province });
	const { id: personId } = await aPerson(base);
	const give = (from: string, until: string | null) =>
		grantRole(ctx, { personId, role: 'leader', unitId: province.id, from, until });

	await give('2026-01-01', '2026-11-23'); // ended today
	const later = await give('2026-12-01', null);
	const { rows } = await listRoleHolders(ctx, all);
	expect(rows.map(({ id, isInForce }) => [id, isInForce])).toEqual([[later, false]]);
	await expect(give('2027-01-01', null)).rejects.toThrow('grant.exists');

	await revokeRole(ctx, { grantId: later });
	expect((await listRoleHolders(ctx, all)).rows).toEqual([]);
	await expect(getRoleHolder(ctx, later)).rejects.toThrow('grant.not-found');
});

test('offers what one may hand on', async ({ ctx: base }) => {
	const unit = await aUnit(base);
	const rolesFor = (role: 'hr' | 'liaison' | 'admin') =>
		listGrantable(as(base, 'x', { role, unit })).map(({ role }) => role);
	expect(rolesFor('liaison')).toEqual([]);
	expect(rolesFor('hr')).toEqual(expect.arrayContaining(['hr', 'liaison']));
	expect(rolesFor('hr'), 'nobody appoints who signs off their work').not.toContain('leader');
	expect(rolesFor('hr')).not.toContain('admin');
	expect(rolesFor('admin')).toEqual(expect.arrayContaining(['leader', 'auditor']));
});

test('refuses who may see no roles', async ({ ctx: base }) => {
	const unit = await aUnit(base);
	expect(() => listRoleHolders(as(base, 'x', { role: 'leader', unit }), all)).toThrow('access.forbidden');
});
