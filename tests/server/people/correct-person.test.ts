import { expect } from 'vitest';
import { correctPerson } from '#lib/server/people/correct-person.ts';
import { getPerson } from '#lib/server/people/queries.ts';
import { aPerson } from '#tests/factories/people.ts';
import { aGrant, as, aUnit } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

test('leaves the mail address of whoever holds more alone: it is a way into their account', async ({ ctx: base }) => {
	const unit = await aUnit(base);
	const ctx = as(base, (await aPerson(base, { unit })).id, { role: 'liaison', unit });
	const [admin, clerk] = [await aPerson(base, { unit, email: 'admin@law.example' }), await aPerson(base, { unit })];
	await aGrant(base, admin.id, 'admin', unit);
	const correct = (person: typeof admin, email: string | null) =>
		correctPerson(ctx, {
			personId: person.id,
			staffNumber: person.staffNumber,
			name: '白景行',
			email,
			joinedOn: null,
			establishment: null
		});

	await expect(correct(admin, 'mine@law.example')).rejects.toThrow('access.beyond-own');
	await correct(admin, 'admin@law.example');
	await correct(clerk, 'clerk@law.example');
	expect((await getPerson(ctx, clerk.id)).email).toBe('clerk@law.example');
});
