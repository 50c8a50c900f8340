import { eq } from 'drizzle-orm';
import { examCandidates } from '#db/schema/exam-candidates.ts';
import { examAttempts, examIncidents, examLateAnswers } from '#db/schema/exam-sittings.ts';
import type { Page } from '@playwright/test';
import { expectReadable } from './barriers.ts';
import {
	aCandidacy,
	aPaperReleased,
	answersFor,
	attemptsOf,
	choose,
	deadlineOf,
	everyKind,
	expect,
	isReady,
	keptOf,
	open,
	test
} from './sitting-world.ts';

const saved = (page: Page, slot: number) => expect(page.locator(`#q${slot} .receipt`)).toContainText('已保存');

test('a candidate answers on one page, sees each receipt, hands in and gets the paper', async ({
	page,
	ctx,
	signIn
}) => {
	const person = await signIn(page, 'learner');
	const { exam } = await aCandidacy(ctx, person);
	await page.goto('/today');
	await page.getByRole('link', { name: exam.title }).first().click();
	const attemptId = await open(page, ctx, exam, person);
	await isReady(page);
	const answers = await answersFor(ctx, attemptId);
	for (const slot of [1, 2, 3, 4, 5]) {
		await choose(page, answers, slot);
		await saved(page, slot);
	}
	await page.locator('#q2 [name=flagged]').check();
	await expect(page.getByRole('link', { name: '第2题，已保存，有标记' })).toBeVisible();

	await page.getByRole('button', { name: '去交卷' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('5题都已作答');
	await page.getByRole('button', { name: '交卷', exact: true }).click();
	await page.waitForURL(`/exams/${exam.id}`);
	await expect(page.getByRole('link', { name: '第1次' })).toBeVisible();
	await expect(page.getByText('未公布').first()).toBeVisible();
	const [attempt] = await attemptsOf(ctx, exam, person);
	expect(attempt).toMatchObject({ state: 'marked', score: 10, submittedBy: 'person' });
});

test('typing is saved within two seconds, and every kind of question keeps its answer', async ({
	page,
	ctx,
	signIn
}) => {
	const person = await signIn(page, 'learner');
	const { exam } = await aCandidacy(ctx, person, { sections: await everyKind(ctx) });
	const attemptId = await open(page, ctx, exam, person);
	await isReady(page);
	await page.locator('#q7 input.input').first().fill('前一日');
	await expect(page.locator('#q7 .receipt')).toContainText('已保存', { timeout: 2_000 });
	await page.locator('#q8 select').first().selectOption('A');
	await page.locator('#q9 select').first().selectOption('2');
	await page.locator('#q10 textarea').fill('合同定分止争。');
	await page.locator('#q6 input[name=value]').last().check();
	for (const slot of [6, 8, 9, 10]) await saved(page, slot);
	const kept = await keptOf(ctx, attemptId);
	expect(kept.filter(({ response }) => response !== null).map(({ slot }) => slot)).toEqual([6, 7, 8, 9, 10]);

	await page.reload();
	await isReady(page);
	await expect(page.locator('#q10 textarea')).toHaveValue('合同定分止争。');
});

test.describe('without a script', () => {
	test.use({ javaScriptEnabled: false });

	test('the paper works page by page, each step saving what was answered', async ({ page, ctx, signIn }) => {
		const person = await signIn(page, 'learner');
		const { exam } = await aCandidacy(ctx, person, { accessCode: 'kaochang' });
		await page.goto(`/exams/${exam.id}`);
		await page.getByLabel('考场口令').fill('wrong');
		await page.getByRole('button', { name: '开始作答' }).click();
		await expect(page.getByText('考场口令不对').first()).toBeVisible();
		await page.getByLabel('考场口令').fill('Kaochang');
		await page.getByRole('button', { name: '开始作答' }).click();
		await page.waitForURL(/\/sit\?at=1/); // one page for all would lose what is not sent

		const [attempt] = await attemptsOf(ctx, exam, person);
		const answers = await answersFor(ctx, attempt!.id);
		for (const slot of [1, 2]) {
			await choose(page, answers, slot);
			await page.getByRole('button', { name: `第${slot + 1}题`, exact: true }).click();
		}
		await choose(page, answers, 3);
		await page.locator('[name=flagged]').check();
		await page.getByRole('button', { name: '第5题，未答' }).click();
		await expect(page.getByRole('button', { name: '第3题，已保存，有标记' })).toBeVisible();
		await choose(page, answers, 5);
		await page.getByRole('button', { name: '去交卷' }).first().click();

		await expect(page.getByRole('heading', { level: 1 })).toHaveText('还有1题没有作答');
		await page.getByRole('button', { name: '留1题不答，交卷' }).click();
		await page.waitForURL(`/exams/${exam.id}`);
		expect(await attemptsOf(ctx, exam, person)).toMatchObject([{ state: 'marked', score: 8 }]);
	});

	test('a paper that is open elsewhere is taken over by asking', async ({ page, ctx, signIn, browser, baseURL }) => {
		const person = await signIn(page, 'learner');
		const { exam } = await aCandidacy(ctx, person);
		await open(page, ctx, exam, person);
		const other = await browser.newContext({ javaScriptEnabled: false, baseURL: baseURL!, locale: 'zh-CN' });
		await signIn(other as never, person);
		const second = await other.newPage();
		await second.goto(`/exams/${exam.id}`);
		await second.getByRole('link', { name: '继续作答' }).click();
		await expect(second.getByRole('heading', { level: 1 })).toHaveText('这场考试正在另一个页面作答');
		await expect(second.locator('form.question')).toHaveCount(0);
		await second.getByRole('button', { name: '在这里继续' }).click();
		await expect(second.locator('form.question')).toHaveCount(1);
		await page.reload();
		await expect(page.getByRole('heading', { level: 1 })).toHaveText('这场考试正在另一个页面作答');
		await other.close();
	});
});

test('a second tab asks, takes over cleanly, and the first one says so', async ({ page, context, ctx, signIn }) => {
	const person = await signIn(page, 'learner');
	const { exam } = await aCandidacy(ctx, person);
	const attemptId = await open(page, ctx, exam, person);
	await isReady(page);
	const answers = await answersFor(ctx, attemptId);
	await choose(page, answers, 1);
	await saved(page, 1);

	const second = await context.newPage();
	await second.goto(`/exams/${exam.id}/sit`);
	await expect(second.getByRole('heading', { level: 1 })).toHaveText('这场考试正在另一个页面作答');
	await second.getByRole('button', { name: '在这里继续' }).click();
	await isReady(second);
	await saved(second, 1);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('已经由另一个页面接着作答');
	await choose(second, answers, 2);
	await saved(second, 2);

	await page.getByRole('button', { name: '在这里继续' }).click();
	await isReady(page);
	await saved(page, 2);
	await expect(second.getByRole('heading', { level: 1 })).toHaveText('已经由另一个页面接着作答');
});

test('a device that was taken over from loses nothing: what it still sends is kept', async ({
	page,
	ctx,
	signIn,
	browser,
	baseURL
}) => {
	const person = await signIn(page, 'learner');
	const { exam } = await aCandidacy(ctx, person);
	const attemptId = await open(page, ctx, exam, person);
	await isReady(page);
	const answers = await answersFor(ctx, attemptId);
	await page.context().setOffline(true);
	await choose(page, answers, 1);
	await expect(page.locator('#q1 .receipt')).toContainText('待上传');

	const other = await browser.newContext({ baseURL: baseURL!, locale: 'zh-CN', serviceWorkers: 'block' });
	await signIn(other as never, person);
	const phone = await other.newPage();
	await phone.goto(`/exams/${exam.id}/sit`);
	await phone.getByRole('button', { name: '在这里继续' }).click();
	await isReady(phone);
	await page.context().setOffline(false);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('已经由另一个页面接着作答');
	await expect
		.poll(() => ctx.db.select().from(examLateAnswers).where(eq(examLateAnswers.attemptId, attemptId)))
		.toMatchObject([{ slot: 1, reason: 'superseded' }]);
	await other.close();
});

test('at the deadline the page hands in by itself, with what was changed last', async ({ page, ctx, signIn, at }) => {
	const person = await signIn(page, 'learner');
	const { exam } = await aCandidacy(ctx, person);
	const attemptId = await open(page, ctx, exam, person);
	const answers = await answersFor(ctx, attemptId);
	const deadlineAt = await deadlineOf(ctx, exam, person);
	await at(new Date(deadlineAt.getTime() - 3_000));
	await page.goto(`/exams/${exam.id}/sit`);
	await isReady(page);
	await choose(page, answers, 1);
	await page.waitForURL(`/exams/${exam.id}`);
	expect(await attemptsOf(ctx, exam, person)).toMatchObject([{ state: 'marked', score: 2 }]);
});

test('time left is said at ten, five and one minute, once', async ({ page, ctx, signIn, at }) => {
	const person = await signIn(page, 'learner');
	const { exam } = await aCandidacy(ctx, person);
	await open(page, ctx, exam, person);
	const deadlineAt = await deadlineOf(ctx, exam, person);
	for (const minutes of [10, 5, 1]) {
		await at(new Date(deadlineAt.getTime() - minutes * 60_000 - 2_000));
		await page.goto(`/exams/${exam.id}/sit`);
		await expect(page.getByRole('status').filter({ hasText: `还有${minutes}分钟` })).toBeVisible();
	}
});

test('time that is granted while the paper is open arrives there', async ({ page, ctx, signIn }) => {
	const person = await signIn(page, 'learner');
	const { exam } = await aCandidacy(ctx, person);
	const attemptId = await open(page, ctx, exam, person);
	await isReady(page);
	await expect(page.getByRole('timer')).toHaveText(/^59:/);
	const [attempt] = await attemptsOf(ctx, exam, person);
	const deadlineAt = new Date(attempt!.deadlineAt!.getTime() + 20 * 60_000);
	await ctx.db.update(examAttempts).set({ deadlineAt }).where(eq(examAttempts.id, attemptId));
	await page.evaluate(() => window.dispatchEvent(new Event('online')));
	await expect(page.getByRole('timer')).toHaveText(/^1:19:/);
});

test('a pause puts the questions away and stops the clock', async ({ page, ctx, signIn }) => {
	const person = await signIn(page, 'learner');
	const { exam } = await aCandidacy(ctx, person);
	const pause = { pauseMinutes: 10, accommodatedBecause: '哺乳' };
	await ctx.db.update(examCandidates).set(pause).where(eq(examCandidates.examId, exam.id));
	await open(page, ctx, exam, person);
	await isReady(page);
	await page.getByRole('button', { name: '暂停（还可用10分钟）' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('考试已暂停');
	await expect(page.locator('form.question')).toHaveCount(0);
	await page.getByRole('button', { name: '继续考试' }).click();
	await expect(page.locator('form.question')).toHaveCount(5);
});

test('leaving the page is said to be noted, and is', async ({ page, ctx, signIn }) => {
	const person = await signIn(page, 'learner');
	const { exam } = await aCandidacy(ctx, person);
	const attemptId = await open(page, ctx, exam, person);
	await isReady(page);
	await expect(page.getByText('离开本页会记下时间和时长')).toBeVisible();
	await page.evaluate(() => {
		window.dispatchEvent(new Event('blur'));
		window.dispatchEvent(new Event('focus'));
	});
	await expect
		.poll(() => ctx.db.select().from(examIncidents).where(eq(examIncidents.attemptId, attemptId)))
		.toMatchObject([{ kind: 'focus-lost' }]);
});

test('the whole paper can be sat with the keyboard', async ({ page, ctx, signIn }) => {
	const person = await signIn(page, 'learner');
	const { exam } = await aCandidacy(ctx, person, { layout: 'one-question' });
	const attemptId = await open(page, ctx, exam, person);
	await isReady(page);
	const answers = await answersFor(ctx, attemptId);
	for (const { slot, response } of answers) {
		await expect(page.locator('.question')).toHaveAttribute('id', `q${slot}`);
		await page.locator(`#q${slot} input[type=radio]`).first().focus();
		await page.keyboard.press((response as { chosen: string[] }).chosen[0]!);
		await saved(page, slot);
		if (slot === 2) await page.keyboard.press('m');
		await page.keyboard.press('n');
	}
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('5题都已作答');
	expect((await keptOf(ctx, attemptId)).map(({ flagged }) => flagged)).toEqual([false, true, false, false, false]);
});

test('letters do nothing where somebody writes, nor where the keys are switched off', async ({ page, ctx, signIn }) => {
	const person = await signIn(page, 'learner');
	const { exam } = await aCandidacy(ctx, person, { sections: await everyKind(ctx), layout: 'one-question' });
	await open(page, ctx, exam, person);
	await page.goto(`/exams/${exam.id}/sit?at=10`);
	await isReady(page);
	await page.locator('textarea').pressSequentially('npm?');
	await expect(page.locator('textarea')).toHaveValue('npm?');
	await page.getByText('键盘操作').click();
	await page.getByLabel('使用这些按键').uncheck();
	await page.locator('legend').focus();
	await page.keyboard.press('p');
	await expect(page.locator('.question')).toHaveAttribute('id', 'q10');
});

for (const view of ['list', 'exam', 'sit', 'question', 'hand-in', 'elsewhere', 'paper', 'receipts'] as const) {
	test(`the page ${view} has no barriers, in both languages and themes, wide and narrow`, async ({
		page,
		ctx,
		signIn
	}) => {
		test.setTimeout(60_000);
		const person = await signIn(page, 'learner');
		const values = { sections: await everyKind(ctx), reviewAfterAttempt: 'explanations' as const, accessCode: 'k' };
		const { exam } = await aCandidacy(ctx, person, { ...values, accessCode: view === 'exam' ? 'k' : null });
		let path = { list: '/exams', exam: `/exams/${exam.id}` }[view as string] ?? `/exams/${exam.id}/sit`;
		if (view !== 'list' && view !== 'exam') {
			const attemptId = await open(page, ctx, exam, person);
			if (view === 'question') path += '?at=2';
			if (view === 'hand-in') path += '?at=hand-in';
			if (view === 'elsewhere')
				await ctx.db.update(examAttempts).set({ writer: 'x' }).where(eq(examAttempts.id, attemptId));
			if (view === 'paper' || view === 'receipts') {
				await page.goto('about:blank'); // an open page leaves by itself when its paper is handed in
				await aPaperReleased(ctx, attemptId, view === 'paper');
				path = `/exams/${exam.id}/papers/${attemptId}`;
			}
		}
		await expectReadable(page, () => page.goto(path, { waitUntil: 'networkidle' }));
	});
}

test('the page of a sitting sends at most 75 kB of JavaScript, all that it needs offline', async ({
	page,
	context,
	browser,
	ctx,
	signIn
}) => {
	const person = await signIn(page, 'learner');
	const { exam } = await aCandidacy(ctx, person);
	await open(page, ctx, exam, person);
	const storageState = await context.storageState();
	const fresh = await browser.newContext({ storageState, locale: 'zh-CN', serviceWorkers: 'block' });
	const sizes: Promise<number>[] = [];
	fresh.on('response', (response) => {
		if (!response.url().endsWith('.js')) return;
		const size = response.request().sizes();
		sizes.push(size.then(({ responseBodySize }) => responseBodySize));
	});
	await (await fresh.newPage()).goto(page.url(), { waitUntil: 'networkidle' });
	const kilobytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0) / 1024;
	await fresh.close();
	expect(kilobytes).toBeGreaterThan(10);
	expect(kilobytes).toBeLessThanOrEqual(75);
});
