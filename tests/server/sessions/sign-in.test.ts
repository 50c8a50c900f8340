import { afterEach, beforeEach, expect, vi } from 'vitest';
import type { Context } from '#lib/server/platform/context.ts';
import { replaceLinks } from '#lib/server/sessions/replace-links.ts';
import { signIn } from '#lib/server/sessions/sign-in.ts';
import { anAccount, thePassword } from '#tests/factories/accounts.ts';
import { aPerson } from '#tests/factories/people.ts';
import { isSignedIn } from '#tests/factories/sessions.ts';
import { test } from '#tests/setup/test.ts';

const argon2 = vi.hoisted(() => ({ calls: 0 }));

// The real thing, counted.
vi.mock('@node-rs/argon2', async (load) => {
	const real = await load<typeof import('@node-rs/argon2')>();
	return { ...real, verify: (...given: Parameters<typeof real.verify>) => (argon2.calls++, real.verify(...given)) };
});
beforeEach(() => void (argon2.calls = 0));
afterEach(() => void vi.restoreAllMocks());

const from = '192.0.2.1';
const enter = (ctx: Context, account: string, password: string, address = from) =>
	signIn(ctx, { account, password, remember: false, address, userAgent: 'Firefox' });

async function enterAndRead(ctx: Context, account: string, password: string): Promise<string> {
	const entry = await enter(ctx, account, password);
	return 'session' in entry ? entry.session.id : '';
}

test('lets a person in by staff number or username, whatever the case', async ({ ctx }) => {
	const person = await anAccount(ctx, { username: 'jingxing.bai' });
	for (const account of [person.staffNumber, person.staffNumber.toLowerCase(), 'Jingxing.Bai']) {
		expect(await isSignedIn(ctx, await enterAndRead(ctx, account, thePassword))).toBe(true);
	}
});

test('starts a new session each time: what a browser brought along is never taken over', async ({ ctx }) => {
	const { staffNumber } = await anAccount(ctx);
	expect(await enterAndRead(ctx, staffNumber, thePassword)).not.toBe(await enterAndRead(ctx, staffNumber, thePassword));
});

test('takes the same characters however they were typed', async ({ ctx }) => {
	const { staffNumber } = await anAccount(ctx);
	const fullWidth = thePassword.replace(/[!-~]/g, (character) =>
		String.fromCodePoint((character.codePointAt(0) ?? 0) + 0xfee0)
	);
	expect(await enter(ctx, staffNumber, fullWidth)).toHaveProperty('session');
});

test('gives everybody else the same answer by the same path: the same statements, one argon2', async ({
	ctx,
	client
}) => {
	const known = await anAccount(ctx);
	const unset = await anAccount(ctx, { passwordHash: null });
	const disabled = await anAccount(ctx, { disabledAt: ctx.now });
	const left = await anAccount(ctx, { person: await aPerson(ctx, { status: 'left', leftOn: '2026-01-01' }) });
	const asked = vi.spyOn(client, 'query');
	const seen = new Set<string>();

	for (const account of [known.staffNumber, unset.staffNumber, disabled.staffNumber, left.staffNumber, 'nobody']) {
		argon2.calls = 0;
		asked.mockClear();
		await expect(enter(ctx, account, 'not this password')).rejects.toMatchObject({
			code: 'sign-in.refused',
			field: undefined,
			values: {}
		});
		const statements = asked.mock.calls.map(([query]) => (query as unknown as { text: string }).text);
		seen.add(`${argon2.calls} argon2; ${statements.join('; ')}`);
	}
	expect([...seen]).toHaveLength(1);
	expect([...seen][0]).toMatch(/^1 argon2; select .* insert into /);
});

test('a slip’s code, typed as the password, leads to setting one', async ({ ctx }) => {
	const person = await anAccount(ctx, { passwordHash: null });
	const [slip] = await replaceLinks(ctx, [person.id], 'slip');
	const typed = slip?.secret.toUpperCase().replace(/(.{4})/g, '$1 ') ?? '';
	expect(await enter(ctx, person.staffNumber, typed)).toEqual({ secret: slip?.secret });
	await expect(enter(ctx, (await anAccount(ctx)).staffNumber, typed)).rejects.toThrow('sign-in.refused');
});

test('slows the sixth try at one account, also where nobody has it, and never locks', async ({ ctx }) => {
	for (const account of [(await anAccount(ctx)).staffNumber, 'nobody at all']) {
		for (let count = 0; count < 5; count++)
			await expect(enter(ctx, account, `wrong ${count}`, `198.51.100.${count}`)).rejects.toThrow('sign-in.refused');
		await expect(enter(ctx, account, thePassword, '198.51.100.9')).rejects.toMatchObject({
			code: 'sign-in.too-soon',
			values: { seconds: 1 }
		});
	}
});

test('lets the holder in after the pause, and forgets', async ({ ctx }) => {
	const { staffNumber } = await anAccount(ctx);
	for (let count = 0; count < 5; count++)
		await expect(enter(ctx, staffNumber, 'wrong')).rejects.toThrow('sign-in.refused');
	const later = { ...ctx, now: new Date(ctx.now.getTime() + 1_000) };
	expect(await enter(later, staffNumber, thePassword)).toHaveProperty('session');
	await expect(enter(later, staffNumber, 'wrong')).rejects.toThrow('sign-in.refused');
});

test('what strangers type does not hold up the holder where they usually are', async ({ ctx }) => {
	const { staffNumber } = await anAccount(ctx);
	await enter(ctx, staffNumber, thePassword, '192.0.2.50');
	for (let count = 0; count < 6; count++) await enter(ctx, staffNumber, 'wrong', '203.0.113.7').catch(() => undefined);

	await expect(enter(ctx, staffNumber, thePassword, '203.0.113.8')).rejects.toThrow('sign-in.too-soon');
	expect(await enter(ctx, staffNumber, thePassword, '192.0.2.50')).toHaveProperty('session');
});

test('slows an address after a hundred failures, but not those who are known there', async ({ ctx }) => {
	const [known, stranger] = [await anAccount(ctx), await anAccount(ctx)];
	const office = '192.0.2.77';
	await enter(ctx, known.staffNumber, thePassword, office);
	for (let count = 0; count < 100; count++)
		await enter(ctx, `mistyped ${count}`, 'wrong', office).catch(() => undefined);

	await expect(enter(ctx, stranger.staffNumber, thePassword, office)).rejects.toThrow('sign-in.too-soon');
	expect(await enter(ctx, known.staffNumber, thePassword, office)).toHaveProperty('session');
});

test('lets sixty people behind one address in at once, at a pace of three hundred a minute', async ({
	freshDatabase
}) => {
	const { ctx } = await freshDatabase();
	const staff = [];
	for (let count = 0; count < 60; count++) staff.push(await anAccount(ctx));

	const started = performance.now();
	const entries = await Promise.all(
		staff.map(({ staffNumber }) => enter(ctx, staffNumber, thePassword, '192.0.2.200'))
	);
	expect(entries.every((entry) => 'session' in entry)).toBe(true);
	expect(performance.now() - started).toBeLessThan(12_000);
});
