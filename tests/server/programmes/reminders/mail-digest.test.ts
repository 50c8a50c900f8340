import { asc, eq, sql } from 'drizzle-orm';
import { afterAll, beforeEach, describe, expect, vi } from 'vitest';
import { digests } from '#db/schema/notifications.ts';
import { people } from '#db/schema/people.ts';
import { obligations } from '#db/schema/programmes.ts';
import { getMailAddress, setChoices } from '#lib/server/notifications/choices.ts';
import { notify } from '#lib/server/notifications/notify.ts';
import { markAllRead } from '#lib/server/notifications/mark-read.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { mailDigest } from '#lib/server/programmes/reminders/mail-digest.ts';
import { aCompletion, aCourse } from '../../../factories/courses.ts';
import { aPerson, type Person } from '../../../factories/people.ts';
import { anObligation } from '../../../factories/programmes.ts';
import { clockAt, remindAt, workDay } from '../../../factories/reminders.ts';
import { as } from '../../../factories/units.ts';
import { test } from '../../../setup/test.ts';

// The configuration is read once, when it is first imported: the mail server has to stand by then.
const mailServer = await vi.hoisted(async () => {
	const { startSmtpServer } = await import('../../../setup/smtp-server.ts');
	const server = await startSmtpServer();
	Object.assign(process.env, { MINGFA_SMTP_URL: server.url, ORIGIN: 'https://law.example' });
	return server;
});
beforeEach(() => {
	mailServer.arrived.splice(0);
	mailServer.answerWith(null);
});
afterAll(() => mailServer.close());

const address = 'jingxing@law.example';
const queuedMail = async ({ db }: Context) =>
	(
		await db.execute<{ digestId: string; runAt: string }>(sql`
			select j.payload->>'digestId' as "digestId", j.run_at::text as "runAt" from graphile_worker._private_jobs j
			join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'programmes.mail-digest' order by j.id`)
	).rows;
const lastDigest = async ({ db }: Context, { id }: Person) =>
	(await db.select().from(digests).where(eq(digests.personId, id)).orderBy(asc(digests.openedAt))).at(-1)!;

/** Somebody with an address, and two duties that come up on Monday 23 November. */
async function aReader(ctx: Context, values = {}): Promise<Person> {
	const person = await aPerson(ctx, { email: address, ...values });
	const course = await aCourse(ctx, { title: { 'zh-CN': '工伤保险条例', en: 'Work Injury Insurance' } });
	await anObligation(ctx, { person, course, dueOn: '2026-11-30' });
	await anObligation(ctx, { person, dueOn: '2026-11-22' });
	return person;
}

const choices = {
	mail: true,
	language: 'zh-CN',
	rhythm: 'daily',
	quiet: 'office',
	quietFrom: '',
	quietUntil: ''
} as const;
const choose = (ctx: Context, { id }: Person, change: Partial<Parameters<typeof setChoices>[1]>) =>
	setChoices(as(ctx, id), { ...choices, ...change });

test('one mail a day tells of everything, what is late first, with the notices that were not read', async ({ ctx }) => {
	const person = await aReader(ctx);
	const notice = { href: '/record', values: { year: 2025 } };
	await notify(clockAt(ctx, '2026-11-20T21:00'), [person.id], { kind: 'result_confirmed', occasion: 'r', ...notice });
	await workDay(ctx, '2026-11-23');

	const jobs = await queuedMail(ctx);
	expect(jobs).toHaveLength(1);
	await mailDigest(clockAt(ctx, '2026-11-23T08:16'), jobs[0]!.digestId);
	expect(mailServer.arrived).toHaveLength(1);
	const [{ to, text } = { to: '', text: '' }] = mailServer.arrived;
	expect(to).toBe(address);
	const places = ['已逾期', '临近', '工伤保险条例，2026年11月30日截止', '通知', '2025年度结果已确认'].map((words) =>
		text.indexOf(words)
	);
	expect(places.every((place) => place > 0)).toBe(true);
	expect(places).toEqual(places.toSorted((one, other) => one - other));
	expect(text).toContain('https://law.example/duties/');
	expect(text).toContain('https://law.example/account/reminders');
	expect(text).toMatch(/List-Unsubscribe: <https:\/\/law\.example\/account\/reminders>/);
});

describe('once sent, never again', () => {
	test('the same job run again, and a job that failed first, make one mail under one name', async ({ ctx }) => {
		const person = await aReader(ctx);
		await workDay(ctx, '2026-11-23');
		const { id } = await lastDigest(ctx, person);
		const morning = clockAt(ctx, '2026-11-23T08:20');

		mailServer.answerWith('451 4.3.0 try again later');
		await expect(ctx.db.transaction((db) => mailDigest({ ...morning, db: db as never }, id))).rejects.toThrow();
		expect(await lastDigest(ctx, person)).toMatchObject({ mail: 'waiting', mailedAt: null });
		mailServer.answerWith(null);
		await mailDigest(morning, id);
		await mailDigest(morning, id);
		expect(mailServer.arrived).toHaveLength(1);
		expect(mailServer.arrived[0]!.text).toContain(`Message-ID: <${id}@law.example>`);
		expect(await lastDigest(ctx, person)).toMatchObject({ mail: 'sent' });
	});

	test('two workers at once send one', async ({ freshDatabase }) => {
		const { ctx } = await freshDatabase();
		const person = await aReader(ctx);
		await workDay(ctx, '2026-11-23');
		const { id } = await lastDigest(ctx, person);
		await Promise.all([1, 2, 3].map(() => mailDigest(clockAt(ctx, '2026-11-23T08:20'), id)));
		expect(mailServer.arrived).toHaveLength(1);
	});
});

test('what was done or read before a late try is left out; where nothing remains, nothing is sent', async ({ ctx }) => {
	const person = await aPerson(ctx, { email: address });
	const course = await aCourse(ctx);
	const duty = await anObligation(ctx, { person, course, dueOn: '2026-11-30' });
	await notify(ctx, [person.id], { kind: 'result_confirmed', occasion: 'r', href: '/record', values: { year: 2025 } });
	await workDay(ctx, '2026-11-23');
	const { id: completionId } = await aCompletion(ctx, { person, course });
	await ctx.db.update(obligations).set({ completedAt: ctx.now, completionId }).where(eq(obligations.id, duty.id));
	await markAllRead(as(ctx, person.id));

	await mailDigest(clockAt(ctx, '2026-11-23T09:00'), (await lastDigest(ctx, person)).id);
	expect(mailServer.arrived).toEqual([]);
	expect(await lastDigest(ctx, person)).toMatchObject({ mail: 'dropped' });
});

test('a try that falls into quiet hours waits for their end', async ({ ctx }) => {
	const person = await aReader(ctx);
	await workDay(ctx, '2026-11-23');
	await mailDigest(clockAt(ctx, '2026-11-23T20:05'), (await lastDigest(ctx, person)).id);
	expect(mailServer.arrived).toEqual([]);
	const [, later] = await queuedMail(ctx);
	expect(new Date(later!.runAt)).toEqual(new Date('2026-11-24T00:00:00Z')); // 08:00 in Shanghai
});

test('an address that is refused for good is shown, gets no more, and is tried anew once it is another one', async ({
	ctx
}) => {
	const person = await aReader(ctx);
	await workDay(ctx, '2026-11-23');
	mailServer.answerWith('550 5.1.1 no such mailbox');
	await mailDigest(clockAt(ctx, '2026-11-23T08:20'), (await lastDigest(ctx, person)).id);
	expect(await lastDigest(ctx, person)).toMatchObject({ mail: 'refused' });
	expect(await getMailAddress(ctx, person.id)).toMatchObject({
		address,
		refusal: { answer: '550 5.1.1 no such mailbox' }
	});

	await workDay(ctx, '2026-11-30');
	expect(await lastDigest(ctx, person)).toMatchObject({ on: '2026-11-30', mail: 'none' });
	await ctx.db.update(people).set({ email: 'new@law.example' }).where(eq(people.id, person.id));
	expect((await getMailAddress(ctx, person.id)).refusal).toBeNull();
	await workDay(ctx, '2026-12-07');
	expect(await lastDigest(ctx, person)).toMatchObject({ on: '2026-12-07', mail: 'waiting' });
});

describe('as somebody chooses', () => {
	test('without mail they are told in the app alone', async ({ ctx }) => {
		const person = await aReader(ctx);
		await choose(ctx, person, { mail: false });
		await workDay(ctx, '2026-11-23');
		expect(await lastDigest(ctx, person)).toMatchObject({ daily: true, mail: 'none' });
	});

	test('in their language', async ({ ctx }) => {
		const person = await aReader(ctx);
		await choose(ctx, person, { language: 'en' });
		await workDay(ctx, '2026-11-23');
		await mailDigest(clockAt(ctx, '2026-11-23T08:20'), (await lastDigest(ctx, person)).id);
		expect(mailServer.arrived[0]!.text).toContain('Work Injury Insurance, due on 30 November 2026');
		expect(mailServer.arrived[0]!.text).toContain('Overdue');
	});

	test('in quiet hours of their own, from the moment they choose them', async ({ ctx }) => {
		const person = await aReader(ctx);
		await remindAt(ctx, '2026-11-23T08:00');
		await choose(ctx, person, { quiet: 'own', quietFrom: '18:00', quietUntil: '13:30' });
		for (const local of ['2026-11-23T08:20', '2026-11-23T13:29']) await remindAt(ctx, local);
		expect(await lastDigest(ctx, person)).toMatchObject({ deliveredAt: null });
		await remindAt(ctx, '2026-11-23T13:30');
		expect(await lastDigest(ctx, person)).toMatchObject({ on: '2026-11-23', mail: 'waiting' });
	});

	test('at once, where they want that: every notice its own mail, but in quiet hours', async ({ ctx }) => {
		const person = await aPerson(ctx, { email: address });
		await choose(ctx, person, { rhythm: 'at-once' });
		for (const [occasion, local] of Object.entries({
			a: '2026-11-23T10:00',
			b: '2026-11-23T11:00',
			c: '2026-11-23T21:00'
		})) {
			await notify(clockAt(ctx, local), [person.id], { kind: 'result_confirmed', occasion, href: '/record' });
			await remindAt(ctx, local);
		}
		expect(await queuedMail(ctx)).toHaveLength(2);
		await remindAt(ctx, '2026-11-24T08:00');
		expect(await queuedMail(ctx)).toHaveLength(3);
	});
});

test('whoever has no address, or has left, gets no mail', async ({ ctx }) => {
	const person = await aReader(ctx, { email: null });
	const leaving = await aReader(ctx, { email: 'gone@law.example' });
	await workDay(ctx, '2026-11-23');
	expect(await lastDigest(ctx, person)).toMatchObject({ mail: 'none' });
	await ctx.db.update(people).set({ status: 'retired', leftOn: '2026-11-23' }).where(eq(people.id, leaving.id));
	await mailDigest(clockAt(ctx, '2026-11-23T09:00'), (await lastDigest(ctx, leaving)).id);
	expect(mailServer.arrived).toEqual([]);
});
