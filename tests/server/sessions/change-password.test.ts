import { expect } from 'vitest';
import { changePassword } from '#lib/server/sessions/change-password.ts';
import { getLink } from '#lib/server/sessions/queries.ts';
import { replaceLinks } from '#lib/server/sessions/replace-links.ts';
import { signIn } from '#lib/server/sessions/sign-in.ts';
import { anAccount, thePassword } from '#tests/factories/accounts.ts';
import { aSession, isSignedIn } from '#tests/factories/sessions.ts';
import { as } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

const password = 'a lamp in the third watch';

test('asks for the old one, and ends what is signed in elsewhere', async ({ ctx: base }) => {
	const person = await anAccount(base);
	const ctx = as(base, person.id);
	const [here, elsewhere] = [await aSession(ctx, person.id), await aSession(ctx, person.id)];
	const [link] = await replaceLinks(base, [person.id], 'slip');

	await expect(
		changePassword(ctx, { currentPassword: 'not this one', password, passwordAgain: password }, here)
	).rejects.toThrow('password.wrong');
	await changePassword(ctx, { currentPassword: thePassword, password, passwordAgain: password }, here);
	expect(await isSignedIn(ctx, here)).toBe(true);
	expect(await isSignedIn(ctx, elsewhere)).toBe(false);
	await expect(getLink(ctx, link?.secret ?? '')).rejects.toThrow('link.not-found');
	expect(
		await signIn(base, { account: person.staffNumber, password, remember: false, address: '192.0.2.1', userAgent: '' })
	).toHaveProperty('session');
});

test('slows whoever guesses the old one', async ({ ctx: base }) => {
	const person = await anAccount(base);
	const ctx = as(base, person.id);
	const guess = () =>
		changePassword(ctx, { currentPassword: 'not this one', password, passwordAgain: password }, 'here');
	for (let count = 0; count < 5; count++) await expect(guess()).rejects.toThrow('password.wrong');
	await expect(guess()).rejects.toThrow('sign-in.too-soon');
});
