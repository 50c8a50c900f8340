import type { Page } from '@playwright/test';
import { aCandidacy, answersFor, attemptsOf, choose, expect, isReady, keptOf, open, test } from './sitting-world.ts';

test.use({ serviceWorkers: 'allow' });

/** The worker has the page and its files. */
const isKept = (page: Page) =>
	expect
		.poll(() =>
			page.evaluate(async () => {
				const files = await (await caches.open('sitting-files')).keys();
				return files.length > 3 && (await caches.match(location.pathname)) !== undefined;
			})
		)
		.toBe(true);

const queued = (page: Page) =>
	page.evaluate(
		() =>
			new Promise<number>((resolve, reject) => {
				const request = indexedDB.open('mingfa-sitting');
				request.onerror = () => reject(request.error);
				request.onsuccess = () => {
					const db = request.result;
					if (!db.objectStoreNames.contains('answers')) return (db.close(), resolve(0));
					const count = db.transaction('answers').objectStore('answers').count();
					count.onsuccess = () => (db.close(), resolve(count.result));
				};
			})
	);

test('the network is pulled: answers go on, outlive a reload, are sent again, and nothing is lost', async ({
	page,
	context,
	ctx,
	signIn
}) => {
	test.setTimeout(60_000);
	const person = await signIn(page, 'learner');
	const { exam } = await aCandidacy(ctx, person);
	const attemptId = await open(page, ctx, exam, person);
	await isReady(page);
	await isKept(page);
	const answers = await answersFor(ctx, attemptId);
	await choose(page, answers, 1);
	await expect(page.locator('#q1 .receipt')).toContainText('已保存');

	await context.setOffline(true);
	await choose(page, answers, 2);
	await choose(page, answers, 3);
	await expect(page.getByRole('status').filter({ hasText: '网络断开了，请继续作答' })).toBeVisible();
	await expect(page.locator('#q3 .receipt')).toContainText('已存本机，待上传');

	await page.reload();
	await isReady(page);
	for (const slot of [1, 2, 3]) {
		const [letter] = (answers[slot - 1]!.response as { chosen: string[] }).chosen;
		await expect(page.locator(`#q${slot} input[value="${letter}"]`)).toBeChecked();
	}
	await expect(page.locator('#q1 .receipt')).toContainText('已保存');
	await expect(page.locator('#q2 .receipt')).toContainText('待上传');
	await choose(page, answers, 4);
	await expect(page.locator('#q4 .receipt')).toContainText('待上传');
	await page.getByRole('button', { name: '去交卷' }).first().click();
	await page.getByRole('button', { name: '留1题不答，交卷' }).click();
	await expect(page.getByText('连上后再交卷')).toBeVisible();

	await context.setOffline(false);
	await expect.poll(() => queued(page), { timeout: 15_000 }).toBe(0);
	expect((await keptOf(ctx, attemptId)).filter(({ response }) => response).map(({ slot }) => slot)).toEqual([
		1, 2, 3, 4
	]);
	await page.getByRole('button', { name: '留1题不答，交卷' }).click();
	await page.waitForURL(`/exams/${exam.id}`);
	expect(await attemptsOf(ctx, exam, person)).toMatchObject([{ state: 'marked', score: 8 }]);
});

test('what waits is sent by the same person only; pages and answers of others are gone', async ({
	page,
	context,
	ctx,
	signIn
}) => {
	const person = await signIn(page, 'learner');
	const { exam } = await aCandidacy(ctx, person);
	const attemptId = await open(page, ctx, exam, person);
	await isReady(page);
	await isKept(page);
	const answers = await answersFor(ctx, attemptId);
	await context.route('**/answers/*', (route) => route.abort());
	await choose(page, answers, 1);
	await expect.poll(() => queued(page)).toBe(1);
	await page.goto('about:blank');

	await context.clearCookies();
	await context.unroute('**/answers/*');
	await page.goto('/sign-in');
	await expect.poll(() => page.evaluate(() => caches.has('sittings'))).toBe(false);
	expect(await queued(page)).toBe(1);
	const before = await keptOf(ctx, attemptId);
	await signIn(page, 'learner');
	await page.goto('/exams');
	await expect.poll(() => queued(page)).toBe(0);
	expect(await keptOf(ctx, attemptId)).toEqual(before);
});

test('no page but that of a sitting is ever kept', async ({ page, ctx, signIn }) => {
	const person = await signIn(page, 'learner');
	const { exam } = await aCandidacy(ctx, person);
	await open(page, ctx, exam, person);
	await isReady(page);
	await isKept(page);
	for (const path of ['/exams', `/exams/${exam.id}`, '/today', '/record']) await page.goto(path);
	const kept = await page.evaluate(async () => {
		const names = await caches.keys();
		const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
		return requests.flat().map(({ url }) => new URL(url).pathname);
	});
	expect(kept.filter((path) => !path.startsWith('/_app/immutable/'))).toEqual([`/exams/${exam.id}/sit`]);
});

test('the worker answers for the page of a sitting and its files alone; what is sent goes its own way', async ({
	page,
	ctx,
	signIn
}) => {
	const person = await signIn(page, 'learner');
	const { exam } = await aCandidacy(ctx, person);
	const attemptId = await open(page, ctx, exam, person);
	await isReady(page);
	await isKept(page);
	const seen: { byWorker: boolean; what: string }[] = [];
	page.on('response', (response) => {
		const what = `${response.request().method()} ${new URL(response.url()).pathname}`;
		if (!what.startsWith('GET /_app/immutable/')) seen.push({ byWorker: response.fromServiceWorker(), what });
	});

	await page.reload();
	await isReady(page);
	await choose(page, await answersFor(ctx, attemptId), 1);
	await expect(page.locator('#q1 .receipt')).toContainText('已保存');
	await page.goto(`/exams/${exam.id}`);
	await page.goto('/exams');

	const sent = `PUT /exams/${exam.id}/answers/1`;
	expect(seen.filter(({ byWorker }) => byWorker).map(({ what }) => what)).toEqual([`GET /exams/${exam.id}/sit`]);
	expect(seen.filter(({ what }) => what === sent)).toEqual([{ what: sent, byWorker: false }]);
	expect(seen.map(({ what }) => what)).toEqual(expect.arrayContaining([`GET /exams/${exam.id}`, 'GET /exams']));
});
