import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { digests } from '#db/schema/notifications.ts';
import { getMailAddress } from '#lib/server/notifications/choices.ts';
import { noteBounce } from '#lib/server/notifications/note-bounce.ts';
import { readBounce } from '#lib/server/notifications/read-bounce.ts';
import { newId } from '#lib/server/platform/ids.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { aPerson } from '../../factories/people.ts';
import { test } from '../../setup/test.ts';

const report = (id: string, { to = 'chen@example.cn', action = 'failed', status = '5.1.1' } = {}) =>
	[
		'From: MAILER-DAEMON@mail.example.cn',
		'Content-Type: multipart/report; report-type=delivery-status; boundary="part"',
		'',
		'--part',
		'Content-Type: message/delivery-status',
		'',
		'Reporting-MTA: dns; mail.example.cn',
		'',
		`Final-Recipient: rfc822; ${to}`,
		`Action: ${action}`,
		`Status: ${status}`,
		'Diagnostic-Code: smtp; 550 5.1.1 No such mailbox',
		'    here',
		'',
		'--part',
		'Content-Type: text/rfc822-headers',
		'',
		`Message-ID: <${id}@mingfa.example.cn>`,
		''
	].join('\r\n');

async function aMailed(ctx: Context) {
	const person = await aPerson(ctx, { email: 'Chen@example.cn' });
	const id = newId();
	await ctx.db.insert(digests).values({
		...{ id, personId: person.id, openedAt: ctx.now, readyAt: ctx.now, deliveredAt: ctx.now },
		...{ on: '2026-11-23', daily: true, mail: 'sent', mailedAt: ctx.now }
	});
	return { id, personId: person.id };
}

test('a mailbox that sent a digest back is noted once, and its owner sees what was said', async ({ ctx }) => {
	const { id, personId } = await aMailed(ctx);
	expect(await noteBounce(ctx, report(id))).toBe(1);
	expect(await noteBounce(ctx, report(id))).toBe(0);
	expect((await getMailAddress(ctx, personId)).refusal?.answer).toBe('550 5.1.1 No such mailbox here');
	expect(await ctx.db.$count(digests, eq(digests.mail, 'refused'))).toBe(1);
});

test('a delay, somebody else’s mailbox, or a mail that was never sent note nothing', async ({ ctx }) => {
	const { id } = await aMailed(ctx);
	for (const message of [
		report(id, { action: 'delayed', status: '4.4.1' }),
		report(id, { to: 'li@example.cn' }),
		report(newId()),
		'I am on leave until Monday.'
	])
		expect(await noteBounce(ctx, message)).toBe(0);
});

test('reads several recipients of one report', () => {
	const two = report(newId()).replace(
		'--part\r\nContent-Type: text',
		'Final-Recipient: rfc822;<Li@example.cn>\r\nAction: failed\r\nStatus: 5.2.1\r\n\r\n--part\r\nContent-Type: text'
	);
	expect(readBounce(two).failed).toEqual([
		{ address: 'chen@example.cn', answer: '550 5.1.1 No such mailbox here' },
		{ address: 'li@example.cn', answer: 'Status 5.2.1' }
	]);
});
