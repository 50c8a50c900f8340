import { spawn } from 'node:child_process';
import { once } from 'node:events';
import '#lib/server/jobs/subscriptions.ts';
import { announce } from '#lib/server/platform/announce.ts';
import { instantAt, localTimeOf } from '#lib/server/platform/dates.ts';
import { remindOn } from '#lib/server/programmes/reminders/find-reminders.ts';
import { readCalendar } from '../factories/calendars.ts';
import { aCompletion, aCourse } from '../factories/courses.ts';
import { aPerson } from '../factories/people.ts';
import { anAssignment, anObligation } from '../factories/programmes.ts';
import { remindersOf } from '../factories/reminders.ts';
import { aUnit, theProvince } from '../factories/units.ts';
import { startSmtpServer } from '../setup/smtp-server.ts';
import { expect, test } from './test.ts';

/** The queue's work on digests at an instant, with a mail server. */
async function sendDigests(at: Date, smtp: string): Promise<void> {
	const child = spawn(process.execPath, ['scripts/with-node.mjs', 'tests/setup/send-digests.ts', at.toISOString()], {
		env: {
			...process.env,
			DATABASE_URL: process.env.E2E_DATABASE_URL,
			MINGFA_SMTP_URL: smtp,
			ORIGIN: process.env.E2E_URL
		},
		stdio: ['ignore', 'inherit', 'inherit']
	});
	const [code] = await once(child, 'exit');
	expect(code).toBe(0);
}

/** A time of the clocks, so many hours from now: the queue of the application goes by the real clock, and is kept quiet by it. */
const clockIn = (hours: number) => localTimeOf(new Date(Date.now() + hours * 3_600_000)).slice(11);

test('HR assigns, the person gets one digest in the app and by mail, completes, and hears no more', async ({
	page,
	browser,
	ctx,
	signIn
}) => {
	const mail = await startSmtpServer();
	const hr = await signIn(page, 'hr');
	const address = `zhiwei-${Date.now()}@law.example`;
	const learner = await aPerson(ctx, { unit: hr.unit, name: '陈知微', email: address });
	const courses = [];
	for (const name of ['工伤保险条例', '社会保险法']) {
		const title = `${name}${learner.staffNumber}`;
		courses.push({ title, ...(await aCourse(ctx, { title: { 'zh-CN': title, en: name } })) });
	}

	const own = await browser.newContext({ baseURL: process.env.E2E_URL });
	await own.setExtraHTTPHeaders({ 'x-test-now': ctx.now.toISOString() });
	await signIn(own, learner);
	const account = await own.newPage();
	await account.goto('/account');
	await account.getByRole('link', { name: '提醒方式' }).click();
	await account.getByRole('radio', { name: '我自己的' }).check();
	await account.getByLabel('安静从').fill(clockIn(-1));
	await account.getByLabel('安静到').fill(clockIn(3));
	await account.getByRole('button', { name: '保存提醒方式' }).click();
	await expect(account.getByText('提醒方式已保存')).toBeVisible();

	for (const course of courses) {
		await page.goto('/manage/assignments');
		await page.getByRole('link', { name: '新指派' }).click();
		await page.getByRole('radio', { name: course.title }).check();
		await page.getByRole('button', { name: '下一步：选人' }).click();
		await page.getByRole('checkbox', { name: hr.unit.name }).check();
		await page.getByRole('button', { name: '下一步：期限与缘由' }).click();
		await page.getByLabel('截止日期').fill('2026-12-31');
		await page.getByLabel('缘由').fill('年度法治培训计划第四项');
		await page.getByRole('button', { name: '下一步：核对' }).click();
		await page.getByRole('button', { name: /^指派给\d人$/ }).click();
		await expect(page.getByRole('heading', { level: 1 })).toContainText('人未完成');
	}

	const later = instantAt(`2026-11-24T${clockIn(5)}`);
	await sendDigests(later, mail.url);
	await sendDigests(later, mail.url);
	const arrived = mail.arrived.filter(({ to }) => to === address);
	expect(arrived).toHaveLength(1);
	for (const course of courses) expect(arrived[0]!.text).toContain(`新任务：${course.title}，2026年12月31日前完成`);

	await account.goto('/notifications');
	await expect(account.locator('.told > li')).toHaveCount(1);
	await expect(account.locator('.told > li')).toContainText('2项提醒，最近一项在2026年12月31日');
	for (const course of courses) await expect(account.locator('.told__lines')).toContainText(course.title);
	await account.getByRole('button', { name: /2项提醒/ }).click();
	await expect(account).toHaveURL(/\/today$/);

	for (const course of courses) {
		const { id: completionId } = await aCompletion(ctx, { person: learner, course });
		await announce(ctx, 'course.completed', { personId: learner.id, courseId: course.id, completionId });
	}
	const steps = [{ step: 'before-7', dueOn: '2026-12-31' }];
	await remindOn({ ...ctx, now: instantAt('2026-12-24T10:00') }, steps);
	expect((await remindersOf(ctx, learner.id)).map(({ step }) => step)).toEqual(['assigned', 'assigned']);
	mail.close();
	await own.close();
});

test('somebody subscribes to their own dates, under an address that is shown once and can be revoked', async ({
	page,
	request,
	ctx,
	signIn
}) => {
	const person = await signIn(page, 'learner');
	await anObligation(ctx, { person, assignment: await anAssignment(ctx, { dueOn: '2026-12-18' }) });
	await page.goto('/today');
	await page.getByRole('link', { name: '加到日历' }).click();
	await page.getByRole('button', { name: '生成订阅地址' }).click();
	const address = await page.getByLabel('订阅地址').inputValue();
	expect(address).toMatch(/\/calendar\/[a-z0-9]{40}\.ics$/);

	const answer = await request.get(address);
	expect(answer.headers()['content-type']).toContain('text/calendar');
	expect(readCalendar(await answer.text()).events).toMatchObject([{ 'DTSTART;VALUE=DATE': '20261218' }]);
	const again = await request.get(address, { headers: { 'if-none-match': answer.headers().etag ?? '' } });
	expect(again.status()).toBe(304);

	await page.reload();
	await page.goto('/account/calendar');
	await expect(page.getByLabel('订阅地址')).toHaveCount(0);
	await page.getByRole('button', { name: '停用订阅地址' }).click();
	await expect(page.getByText('订阅地址已停用')).toBeVisible();
	expect((await request.get(address)).status()).toBe(404);
});

test('HR sets the cadence, and the page that everybody reads says it in words', async ({ page, ctx, signIn }) => {
	await signIn(page, 'hr', await theProvince(ctx));
	await page.goto('/reminders');
	await expect(page.getByText('截止前30、7和1天各一次')).toBeVisible();
	await page.getByRole('link', { name: '修改节奏' }).click();
	await page.getByLabel('截止前几天').fill('14，两天');
	await page.getByRole('button', { name: '保存节奏' }).click();
	await expect(page.getByText('这里填1到180之间的天数')).toBeVisible();
	await page.getByLabel('截止前几天').fill('30, 7, 1');
	await page.getByRole('button', { name: '保存节奏' }).click();
	await expect(page.getByText('提醒的节奏已保存')).toBeVisible();
	const liaison = await signIn(page, 'liaison', await aUnit(ctx));
	expect(liaison.id).toBeDefined();
	await page.goto('/reminders');
	await expect(page.getByRole('link', { name: '修改节奏' })).toHaveCount(0);
});
