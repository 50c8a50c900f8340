import { sql } from 'drizzle-orm';
import { afterEach, expect, vi } from 'vitest';
import { setPasswordByLink } from '#lib/server/sessions/set-password-by-link.ts';
import { readSession } from '#lib/server/sessions/read-session.ts';
import { chainEntries } from '#lib/server/audit/chain-entries.ts';
import { signIn } from '#lib/server/sessions/sign-in.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { aPerson } from '#tests/factories/people.ts';
import { test } from '#tests/setup/test.ts';

afterEach(() => {
	vi.unstubAllEnvs();
	vi.restoreAllMocks();
});

/** The commands of `mingfa` on that database, in this process: what one prints, or the sentence with which it fails. */
async function mingfaOn(url: string) {
	vi.resetModules();
	vi.stubEnv('DATABASE_URL', url);
	const commands = { admin: await import('../../src/cli/admin.ts'), verify: await import('../../src/cli/verify.ts') };
	const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);

	return async (name: keyof typeof commands, ...argv: string[]) => {
		write.mockClear();
		const code = await commands[name].run(argv);
		return { code, text: write.mock.calls.map(([text]) => text).join('') };
	};
}

const password = 'a lamp in the third watch';
const now = (ctx: Context): Context => ({ ...ctx, now: new Date() });

async function enter(ctx: Context, account: string) {
	const entry = await signIn(now(ctx), { account, password, remember: false, address: '192.0.2.1', userAgent: '' });
	return 'session' in entry
		? await readSession(now(ctx), { brief: entry.session.id, remembered: undefined })
		: undefined;
}

const secretIn = (text: string) => /\/password\/(\w{32})/.exec(text)?.[1] ?? '';

test('appoints the first administrator of an empty database, once', async ({ freshDatabase }) => {
	const { url, ctx } = await freshDatabase();
	const mingfa = await mingfaOn(url);
	await expect(mingfa('admin', 'create', '--username', 'first')).rejects.toThrow('--unit-name');

	const { text } = await mingfa('admin', 'create', '--username', 'first', '--unit-name', '示例省人力资源和社会保障厅');
	await setPasswordByLink(now(ctx), { secret: secretIn(text), password, passwordAgain: password });
	const holder = await enter(ctx, 'first');
	expect(holder?.unitName).toBe('示例省人力资源和社会保障厅');
	expect(holder?.actor.grants).toEqual([expect.objectContaining({ role: 'admin', unitPath: holder?.actor.unitPath })]);
	await expect(mingfa('admin', 'create', '--username', 'first')).rejects.toThrow('is an administrator already');
});

test('appoints somebody on the roster, and hands out a new way in', async ({ freshDatabase }) => {
	const { url, ctx } = await freshDatabase();
	const person = await aPerson(ctx);
	const mingfa = await mingfaOn(url);

	const made = await mingfa('admin', 'create', '--username', 'jingxing', '--staff-number', person.staffNumber);
	const linked = await mingfa('admin', 'link', person.staffNumber);
	const set = (text: string) =>
		setPasswordByLink(now(ctx), { secret: secretIn(text), password, passwordAgain: password });
	await expect(set(made.text)).rejects.toThrow('link.not-found');
	await set(linked.text);
	expect((await enter(ctx, 'jingxing'))?.name).toBe(person.name);

	await expect(mingfa('admin', 'link', 'nobody')).rejects.toThrow('Nobody signs in as "nobody"');
	await expect(mingfa('admin', 'create', '--username', 'jingxing')).rejects.toThrow('That username is taken');
	await expect(mingfa('admin', 'crown')).rejects.toThrow('Say "admin create');
});

test('verifies the audit record, and ends with 1 where it was changed', async ({ freshDatabase }) => {
	const { url, ctx } = await freshDatabase();
	const mingfa = await mingfaOn(url);
	await mingfa('admin', 'create', '--username', 'first', '--unit-name', '厅');
	await chainEntries(ctx);

	const sound = await mingfa('verify');
	expect(sound.code).toBe(0);
	const head = /head (\w{64})/.exec(sound.text)?.[1] ?? '';
	expect(await mingfa('verify', '--head', head)).toMatchObject({ code: 0 });
	expect(await mingfa('verify', '--head', '0'.repeat(64))).toMatchObject({ code: 1 });

	await ctx.db.execute(sql`alter table audit_entries disable trigger audit_entries_frozen`);
	await ctx.db.execute(sql`update audit_entries set action = 'nothing.done' where action = 'role.granted'`);
	const changed = await mingfa('verify');
	expect(changed).toMatchObject({ code: 1, text: expect.stringMatching(/✗ Audit record: link \d+ does not agree/) });
});
