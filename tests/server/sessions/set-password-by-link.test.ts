import { expect } from 'vitest';
import { replaceLinks } from '#lib/server/sessions/replace-links.ts';
import { setPasswordByLink } from '#lib/server/sessions/set-password-by-link.ts';
import { signIn } from '#lib/server/sessions/sign-in.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { anAccount, thePassword } from '#tests/factories/accounts.ts';
import { aPerson } from '#tests/factories/people.ts';
import { aSession, isSignedIn } from '#tests/factories/sessions.ts';
import { test } from '#tests/setup/test.ts';

const password = 'a lamp in the third watch';
const enter = (ctx: Context, account: string, password: string) =>
	signIn(ctx, { account, password, remember: false, address: '192.0.2.1', userAgent: '' });

async function aLink(ctx: Context, personId: string): Promise<string> {
	const [link] = await replaceLinks(ctx, [personId], 'mail');
	return link?.secret ?? '';
}

test('sets a first password, once', async ({ ctx }) => {
	const person = await anAccount(ctx, { passwordHash: null });
	const secret = await aLink(ctx, person.id);

	await setPasswordByLink(ctx, { secret, password, passwordAgain: password });
	expect(await enter(ctx, person.staffNumber, password)).toHaveProperty('session');
	await expect(setPasswordByLink(ctx, { secret, password: thePassword, passwordAgain: thePassword })).rejects.toThrow(
		'link.not-found'
	);
});

test('ends every session of its holder and of nobody else', async ({ ctx }) => {
	const [person, other] = [await anAccount(ctx), await anAccount(ctx)];
	const [own, foreign] = [await aSession(ctx, person.id), await aSession(ctx, other.id)];

	await setPasswordByLink(ctx, { secret: await aLink(ctx, person.id), password, passwordAgain: password });
	expect(await isSignedIn(ctx, own)).toBe(false);
	expect(await isSignedIn(ctx, foreign)).toBe(true);
	await expect(enter(ctx, person.staffNumber, thePassword)).rejects.toThrow('sign-in.refused');
});

test('leaves the link alone when the password is no good', async ({ ctx }) => {
	const person = await anAccount(ctx, { passwordHash: null });
	const secret = await aLink(ctx, person.id);
	const bad = (password: string) => setPasswordByLink(ctx, { secret, password, passwordAgain: password });

	await expect(bad('short')).rejects.toThrow('password.too-short');
	await expect(bad(`${person.staffNumber}${person.staffNumber}`)).rejects.toThrow('password.names-holder');
	await expect(bad('1234567890')).rejects.toThrow('password.too-common');
	await setPasswordByLink(ctx, { secret, password, passwordAgain: password });
});

test('refuses an expired link, and one that never was', async ({ ctx }) => {
	const person = await aPerson(ctx);
	const secret = await aLink(ctx, person.id);
	const later = { ...ctx, now: new Date(ctx.now.getTime() + 24 * 3_600_000) };
	const set = (ctx: Context, secret: string) => setPasswordByLink(ctx, { secret, password, passwordAgain: password });

	await expect(set(later, secret)).rejects.toThrow('link.not-found');
	await expect(set(ctx, 'never')).rejects.toThrow('link.not-found');
	await set({ ...ctx, now: new Date(later.now.getTime() - 1) }, secret);
});
