import { eq } from 'drizzle-orm';
import type { Page } from '@playwright/test';
import { courseFiles, lessonNotes, readingPositions } from '#db/schema/courses.ts';
import { addressOf, aTry } from '../factories/checks.ts';
import { aCourse, type Course } from '../factories/courses.ts';
import { aPerson } from '../factories/people.ts';
import { as } from '../factories/units.ts';
import { expectNoBarrier } from './barriers.ts';
import { expect, test } from './test.ts';

const pathOf = (course: Course, lesson = 0) => `/courses/${course.slug}/${course.lessons[lesson]!.slug}`;

/** Kilobytes of JavaScript, as sent, that a page loads. */
async function scriptOf(page: Page, path: string): Promise<number> {
	const sizes: Promise<number>[] = [];
	page.on('response', (response) => {
		if (!response.url().endsWith('.js')) return;
		sizes.push(
			response
				.request()
				.sizes()
				.then(({ responseBodySize }) => responseBodySize)
		);
	});
	await page.goto(path, { waitUntil: 'networkidle' });
	return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0) / 1024;
}

for (const javaScriptEnabled of [true, false]) {
	test.describe(javaScriptEnabled ? 'with a script' : 'without a script', () => {
		test.use({ javaScriptEnabled });

		test('a learner goes from the list to a lesson, and from there to its check', async ({ page, ctx, signIn }) => {
			const title = { 'zh-CN': `用工课程${Date.now()}`, en: 'Employment' };
			const [, course] = [await signIn(page, 'learner'), await aCourse(ctx, { title, lessons: 2 })];
			await page.goto('/courses');
			await page.getByLabel('名称或内容').fill(title['zh-CN']);
			await page.getByRole('button', { name: '筛选' }).click();
			await page.getByRole('link', { name: title['zh-CN'], exact: true }).click();

			await expect(page.getByRole('heading', { level: 1 })).toHaveText(title['zh-CN']);
			await page.getByRole('link', { name: '读第1课' }).click();
			await expect(page).toHaveURL(pathOf(course));
			await expect(page.getByRole('article')).toContainText('期限从用工之日起算');
			await page.getByRole('link', { name: '下一课：示例第2课' }).click();
			await expect(page.getByRole('heading', { level: 1 })).toHaveText('示例第2课');
			await page.getByRole('link', { name: '开始测查' }).click();
			await expect(page).toHaveURL(`${pathOf(course, 1)}/check`);
		});

		test('notes are saved and stand there again', async ({ page, ctx, signIn }) => {
			const [, course] = [await signIn(page, 'learner'), await aCourse(ctx, { lessons: 1 })];
			await page.goto(pathOf(course));
			await page.getByLabel('这一课的笔记').fill('用工之日起算。');
			await page.getByRole('button', { name: '保存笔记' }).click();
			await expect(page.getByRole('status').filter({ hasText: '已保存' })).toContainText('2026-11-23 10:00:00');
			await page.reload();
			await expect(page.getByLabel('这一课的笔记')).toHaveValue('用工之日起算。');
		});

		test('two tabs do not overwrite each other unseen', async ({ page, context, ctx, signIn }) => {
			const [learner, course] = [await signIn(page, 'learner'), await aCourse(ctx, { lessons: 1 })];
			const other = await context.newPage();
			for (const tab of [page, other]) await tab.goto(pathOf(course));
			for (const [tab, body] of [[page, '第一个窗口'] as const, [other, '第二个窗口'] as const]) {
				await tab.getByLabel('这一课的笔记').fill(body);
				await tab.getByRole('button', { name: '保存笔记' }).click();
				await expect(tab.getByRole('status').filter({ hasText: /已保存|等你/ })).toBeVisible();
			}
			await expect(other.getByText('这份笔记在别处改过').first()).toBeVisible();
			await expect(other.locator('.notes__theirs')).toHaveText('第一个窗口');
			await expect(other.getByLabel('这一课的笔记')).toHaveValue('第二个窗口');

			await other.getByRole('button', { name: '保留我写的' }).click();
			await expect(other.getByRole('status').filter({ hasText: '已保存' })).toBeVisible();
			const notes = await ctx.db.select().from(lessonNotes).where(eq(lessonNotes.personId, learner.id));
			expect(notes.map(({ body }) => body)).toEqual(['第二个窗口']);
		});

		test('an article says where it is taught, and leads there', async ({ page, ctx, signIn }) => {
			const [, course] = [await signIn(page, 'learner'), await aCourse(ctx, { lessons: 1 })];
			await page.goto(`/statutes/${course.statute.slug}`);
			await page.getByRole('link', { name: '第二条' }).click();
			await expect(page.getByRole('heading', { level: 1 })).toHaveText('示例法第二条');
			await page.getByRole('link', { name: '示例第1课' }).click();
			await expect(page).toHaveURL(pathOf(course));
		});

		test('a search finds articles from one character on', async ({ page, ctx, signIn }) => {
			const [, course] = [await signIn(page, 'learner'), await aCourse(ctx, { lessons: 1 })];
			await page.goto(`/statutes/${course.statute.slug}`);
			await page.getByRole('searchbox', { name: '在示例用工管理法中查找' }).fill('责');
			await page.getByRole('button', { name: '搜索' }).last().click();
			await expect(page.getByText('含“责”的有6条')).toBeVisible();
			await expect(page.locator('mark').first()).toHaveText('责');

			await page.goto('/search');
			await page.getByRole('searchbox', { name: '在课文和条文中查找' }).fill('没有这样的词句');
			await page.getByRole('main').getByRole('button', { name: '搜索' }).click();
			await expect(page.getByRole('heading', { level: 1 })).toHaveText('没有找到“没有这样的词句”');
		});
	});
}

test('a reference opens the article beside the text, and closing goes back to it', async ({ page, signIn }) => {
	await signIn(page, 'learner');
	await page.goto('/courses/labour-contract/probation', { waitUntil: 'networkidle' }); // the script has begun
	const reference = page.locator('.prose a.ref').first();
	const name = await reference.innerText();
	await reference.click();

	const panel = page.getByRole('region', { name });
	await expect(panel).toContainText('要旨由平台编写');
	await expect(panel.getByRole('heading', { level: 2 })).toBeFocused();
	await expect(reference).toHaveAttribute('aria-expanded', 'true');
	await expect(page).toHaveURL('/courses/labour-contract/probation');

	await page.getByRole('button', { name: '关闭条文' }).click();
	await expect(panel).toHaveCount(0);
	await expect(reference).toBeFocused();
	await page.keyboard.press('Enter');
	await expect(panel).toBeVisible();
	await page.keyboard.press('Escape');
	await expect(panel).toHaveCount(0);
});

for (const colorScheme of ['light', 'dark'] as const) {
	test(`a real lesson with an article open reads for everybody, ${colorScheme}`, async ({ page, signIn }) => {
		await signIn(page, 'learner');
		await page.emulateMedia({ colorScheme });
		await page.goto('/courses/labour-contract/probation', { waitUntil: 'networkidle' }); // the script has begun
		await page.locator('.prose a.ref').first().click();
		await expect(page.locator('#article-no')).toBeFocused();
		await expectNoBarrier(page);
	});
}

test.describe('without a script', () => {
	test.use({ javaScriptEnabled: false });

	test('a reference leads to the page of the article', async ({ page, signIn }) => {
		await signIn(page, 'learner');
		await page.goto('/courses/labour-contract/probation');
		await page.locator('.prose a.ref').first().click();
		await expect(page).toHaveURL(/\/statutes\/labour-contract\/\d+$/);
	});
});

test('remembers where the reader stopped, and offers it the next time', async ({ page, ctx, signIn }) => {
	const learner = await signIn(page, 'learner');
	const path = '/courses/labour-contract/probation';
	await page.goto(path);
	const heading = page.locator('.prose h2').nth(1);
	const saved = page.waitForResponse((response) => response.url().endsWith('/position'));
	await heading.evaluate((element) => element.scrollIntoView({ block: 'start' }));
	await expect(page.locator('.reading__toc a[aria-current="location"]')).toHaveText(await heading.innerText());
	expect((await saved).status()).toBe(204);
	await page.goto('/courses');

	const text = await page.goto(path).then(() => page.locator('.resume').innerText());
	expect(text).toContain('上次读到');
	await expect(page.locator('.lesson-meta')).toContainText('2026-11-23 10:00');
	const positions = await ctx.db.select().from(readingPositions).where(eq(readingPositions.personId, learner.id));
	expect(positions).toHaveLength(1);
});

test('a passed lesson shows the way on, and the record keeps it', async ({ page, ctx, signIn }) => {
	const [learner, course] = [await signIn(page, 'learner'), await aCourse(ctx, { lessons: 1, hours: 3 })];
	await aTry(as(ctx, learner.id), addressOf(course));
	await page.goto(pathOf(course));
	await expect(page.getByRole('heading', { name: '测查已通过' })).toBeVisible();
	await page.goto('/record');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('2026年已有3学时，完成1门课程');
	await expect(page.getByRole('row').filter({ hasText: '第1版' }).first()).toContainText('2026-11-23');
});

test('the text comes once in a document, outlives the script that takes it over, and comes with a turn of the page', async ({
	page,
	ctx,
	signIn
}) => {
	const [, course] = [await signIn(page, 'learner'), await aCourse(ctx, { lessons: 2 })];
	const complaints: string[] = [];
	page.on('console', (message) => void (message.type() === 'error' && complaints.push(message.text())));
	page.on('pageerror', (error) => complaints.push(error.message));
	const text = '期限从用工之日起算';
	const article = page.getByRole('article');

	const document = await (await page.goto(pathOf(course), { waitUntil: 'networkidle' }))!.text();
	expect(document.split(text)).toHaveLength(2);
	await expect(article).toContainText(text);
	await page.evaluate(() => void (window.name = 'the same document'));

	await page.getByRole('link', { name: '下一课：示例第2课' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('示例第2课');
	await expect(article).toContainText(text);
	await page.goBack();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('示例第1课');
	await expect(article).toContainText(text);

	await page.getByLabel('这一课的笔记').fill('用工之日起算。');
	await page.getByRole('button', { name: '保存笔记' }).click();
	await expect(page.getByRole('status').filter({ hasText: '已保存' })).toBeVisible();
	await expect(article).toContainText(text);
	expect(await page.evaluate(() => window.name)).toBe('the same document');
	expect(complaints).toEqual([]);
});

test('a lesson sends at most 60 kB of JavaScript', async ({ page, signIn }) => {
	await signIn(page, 'learner');
	const size = await scriptOf(page, '/courses/labour-contract/probation');
	expect(size).toBeGreaterThan(5);
	expect(size).toBeLessThanOrEqual(60);
});

test('a lesson is 36 to 40 characters wide, with generous leading', async ({ page, signIn }) => {
	await signIn(page, 'learner');
	await page.setViewportSize({ width: 1440, height: 900 });
	await page.goto('/courses/labour-contract/probation');
	const { width, size, leading } = await page
		.locator('.prose > p')
		.first()
		.evaluate((paragraph) => {
			const style = getComputedStyle(paragraph);
			return { width: paragraph.clientWidth, size: parseFloat(style.fontSize), leading: parseFloat(style.lineHeight) };
		});
	expect(width / size).toBeGreaterThanOrEqual(36);
	expect(width / size).toBeLessThanOrEqual(40);
	expect(leading / size).toBeCloseTo(1.75);
});

test('pictures come with their type and an etag, and never as something that runs', async ({ page, ctx, signIn }) => {
	await signIn(page, 'learner');
	const { id: courseId, slug } = await aCourse(ctx, { lessons: 1 });
	const bytes = Buffer.from('<svg onload="alert(1)"/>');
	await ctx.db.insert(courseFiles).values([
		{ courseId, name: 'terms.png', type: 'image/png', bytes, hash: 'one' },
		{ courseId, name: 'drawing.svg', type: 'image/svg+xml', bytes, hash: 'two' }
	]);
	const get = (name: string, headers = {}) => page.request.get(`/courses/${slug}/files/${name}`, { headers });
	expect((await get('terms.png')).headers()).toMatchObject({ 'content-type': 'image/png', etag: '"one"' });
	expect((await get('terms.png', { 'if-none-match': '"one"' })).status()).toBe(304);
	expect((await get('drawing.svg')).headers()['content-type']).toBe('application/octet-stream');
	expect((await get('none.png')).status()).toBe(404);
});

test('what a script sends badly is refused, and notes of another are not shown', async ({ page, ctx, signIn }) => {
	const course = await aCourse(ctx, { lessons: 1 });
	const other = await aPerson(ctx);
	await ctx.db
		.insert(lessonNotes)
		.values({ personId: other.id, lessonId: course.lessons[0]!.id, body: '别人的笔记', updatedAt: ctx.now });
	await signIn(page, 'learner');
	const headers = { origin: process.env.E2E_URL ?? '' };
	const put = (path: string, data: unknown) => page.request.put(`${pathOf(course)}/${path}`, { data, headers });

	expect((await put('position', { heading: 7 })).status()).toBe(400);
	expect((await put('notes', { body: '字'.repeat(20_001), seen: '' })).status()).toBe(400);
	expect((await put('notes', { body: '我的', seen: 'not what is there' })).status()).toBe(409);
	expect(await (await page.request.get(`${pathOf(course)}/notes`)).json()).toMatchObject({ body: '' });
});
