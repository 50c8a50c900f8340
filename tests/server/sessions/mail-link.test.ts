import { sql } from 'drizzle-orm';
import { afterAll, beforeEach, expect, vi } from 'vitest';
import type { Context } from '#lib/server/platform/context.ts';
import { mailLink } from '#lib/server/sessions/mail-link.ts';
import { getLink } from '#lib/server/sessions/queries.ts';
import { requestLink } from '#lib/server/sessions/request-link.ts';
import { anAccount } from '#tests/factories/accounts.ts';
import { aPerson } from '#tests/factories/people.ts';
import { test } from '#tests/setup/test.ts';

// The configuration is read once, when it is first imported: the mail server has to stand by then.
const mailServer = await vi.hoisted(async () => {
	const { startSmtpServer } = await import('../../setup/smtp-server.ts');
	const server = await startSmtpServer();
	Object.assign(process.env, { MINGFA_SMTP_URL: server.url, ORIGIN: 'https://law.example' });
	return server;
});
beforeEach(() => void mailServer.arrived.splice(0));
afterAll(() => mailServer.close());

const anAddressee = async (ctx: Context, email: string | null) =>
	anAccount(ctx, { person: await aPerson(ctx, { email }) });

const queued = async ({ db }: Context) =>
	(
		await db.execute<{ person: string | null }>(
			sql`select payload->>'personId' as person from graphile_worker._private_jobs order by id`
		)
	).rows.map(({ person }) => person);

test('mails a link that works, in both languages, to the address on the roster', async ({ ctx }) => {
	const person = await anAddressee(ctx, 'jingxing@law.example');
	await mailLink(ctx, person.id);

	expect(mailServer.arrived).toHaveLength(1);
	const [{ to, text } = { to: '', text: '' }] = mailServer.arrived;
	const secret = /https:\/\/law\.example\/password\/(\w{32})/.exec(text)?.[1] ?? '';
	expect(to).toBe('jingxing@law.example');
	expect(text).toContain('打开下面的链接设置');
	expect(text).toContain('Set it with this link');
	expect(await getLink(ctx, secret)).toMatchObject({ personId: person.id });
});

test('mails at most once in five minutes', async ({ ctx }) => {
	const person = await anAddressee(ctx, 'jingxing@law.example');
	await mailLink(ctx, person.id);
	await mailLink(ctx, person.id);
	expect(mailServer.arrived).toHaveLength(1);
	await mailLink({ ...ctx, now: new Date(ctx.now.getTime() + 6 * 60_000) }, person.id);
	expect(mailServer.arrived).toHaveLength(2);
});

test('keeps the present link when the mail does not go out', async ({ ctx }) => {
	const person = await anAddressee(ctx, 'jingxing@law.example');
	mailServer.refuse(true);
	await expect(mailLink(ctx, person.id)).rejects.toThrow();
	mailServer.refuse(false);
	await mailLink(ctx, person.id);
	expect(mailServer.arrived).toHaveLength(1);
});

test('mails nobody who is not there, has left, or has no address', async ({ ctx }) => {
	const gone = await anAccount(ctx, {
		person: await aPerson(ctx, { email: 'gone@law.example', status: 'left', leftOn: '2026-01-01' })
	});
	for (const personId of [null, gone.id, (await anAddressee(ctx, null)).id]) await mailLink(ctx, personId);
	expect(mailServer.arrived).toEqual([]);
});

test('answers alike whether or not there is such an account', async ({ ctx }) => {
	const person = await anAddressee(ctx, 'jingxing@law.example');
	const ask = (account: string) => requestLink(ctx, { account, address: '192.0.2.1' });
	expect(await ask(person.staffNumber)).toBe(await ask('nobody'));
	expect(await queued(ctx)).toEqual([person.id, null]);
});

test('slows whoever asks on and on', async ({ ctx }) => {
	const ask = () => requestLink(ctx, { account: 'nobody', address: '192.0.2.1' });
	for (let count = 0; count < 5; count++) await ask();
	await expect(ask()).rejects.toThrow('sign-in.too-soon');
});
