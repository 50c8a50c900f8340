import { expect } from 'vitest';
import { getLink } from '#lib/server/sessions/queries.ts';
import { issueSlips, planSlips } from '#lib/server/sessions/issue-slips.ts';
import { aPerson } from '#tests/factories/people.ts';
import { aGrant, as, aUnit } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

test('issues to all who can get one, and says why to the others', async ({ ctx: base }) => {
	const unit = await aUnit(base);
	const hr = await aPerson(base, { unit });
	const ctx = as(base, hr.id, { role: 'hr', unit });
	const [one, other, admin, gone] = [
		await aPerson(base, { unit }),
		await aPerson(base, { unit }),
		await aPerson(base, { unit }),
		await aPerson(base, { unit, status: 'left', leftOn: '2026-01-01' })
	];
	await aGrant(base, admin.id, 'admin', unit);

	const personIds = [one, other, admin, gone, hr].map(({ id }) => id);
	const { slips, refused } = await issueSlips(ctx, { personIds });
	expect(slips.map(({ personId }) => personId).sort()).toEqual([one.id, other.id].sort());
	expect(Object.fromEntries(refused.map(({ personId, reason }) => [personId, reason]))).toEqual({
		[admin.id]: 'beyond-own',
		[gone.id]: 'left',
		[hr.id]: 'own-case'
	});
	for (const { personId, code } of slips) {
		expect(code).toMatch(/^(\w{4}-){3}\w{4}$/);
		expect(await getLink(ctx, code)).toMatchObject({ personId });
	}
});

test('plans for nobody out of reach', async ({ ctx: base }) => {
	const unit = await aUnit(base);
	const ctx = as(base, (await aPerson(base, { unit })).id, { role: 'hr', unit });
	const personIds = [(await aPerson(base, { unit })).id, (await aPerson(base)).id];
	await expect(planSlips(ctx, { personIds })).rejects.toThrow('person.not-found');
	await expect(issueSlips(ctx, { personIds })).rejects.toThrow('person.not-found');
});
