import type { Page } from '@playwright/test';
import type { GivenAnswer } from '#lib/schemas/answers.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { newId } from '#lib/server/platform/ids.ts';
import { addressOf, answersTo, aTry } from '../factories/checks.ts';
import { aCourse, type Course } from '../factories/courses.ts';
import type { Person } from '../factories/people.ts';
import { aMatching, anOrdering } from '../factories/questions.ts';
import { as } from '../factories/units.ts';
import { expectNoBarrier, expectReadable } from './barriers.ts';
import { expect, test, testNow } from './test.ts';

const pathOf = (course: Course, lesson = 0) => `/courses/${course.slug}/${course.lessons[lesson]!.slug}/check`;
const minutesLater = (minutes: number) => new Date(testNow.getTime() + minutes * 60_000);

/** The open try of a person at the first lesson of a course, with what to answer. */
async function openTry(ctx: Context, person: Person, checkId: string, options?: { wrong?: number }) {
	return answersTo(as(ctx, person.id), checkId, options);
}

/** Fills in the form of the question that is shown. */
async function fillIn(page: Page, answer: GivenAnswer) {
	if ('chosen' in answer) for (const letter of answer.chosen) await page.locator(`input[value="${letter}"]`).check();
	if ('value' in answer) await page.locator(`input[name="value"][value="${answer.value}"]`).check();
	if ('blanks' in answer)
		for (const [index, blank] of answer.blanks.entries())
			await page.locator('input[name="blanks[]"]').nth(index).fill(blank);
	if ('matched' in answer)
		for (const [index, letter] of answer.matched.entries())
			await page.locator('select[name="matched[]"]').nth(index).selectOption(letter);
	if ('order' in answer)
		for (const [index, letter] of answer.order.entries())
			await page
				.locator('.sequence > li')
				.filter({ has: page.locator(`input[value="${letter}"]`) })
				.getByRole('combobox')
				.selectOption(String(index + 1));
	if ('number' in answer) await page.locator('input[name="number"]').fill(answer.number);
}
const checkIdOn = (page: Page) => page.locator('input[name="checkId"]').first().inputValue();

for (const javaScriptEnabled of [true, false]) {
	test.describe(javaScriptEnabled ? 'with a script' : 'without a script', () => {
		test.use({ javaScriptEnabled });

		test('a learner passes a check, question by question', async ({ page, ctx, signIn }) => {
			const [learner, course] = [await signIn(page, 'learner'), await aCourse(ctx, { lessons: 1 })];
			await page.goto(pathOf(course));
			await page.getByRole('button', { name: '开始测查' }).click();

			await page.waitForSelector('#question');
			const answers = await openTry(ctx, learner, await checkIdOn(page));
			for (const { position, answer } of answers) {
				await expect(page.locator('.page-head').getByText(`第${position}题，共6题`)).toBeVisible();
				await fillIn(page, answer);
				if (javaScriptEnabled) await expect(page.locator('.receipt')).toContainText('已保存');
				await page.getByRole('button', { name: position === 6 ? '查看作答情况' : '下一题', exact: true }).click();
			}
			await expect(page.getByRole('heading', { level: 1 })).toHaveText('6题都已作答');
			await page.getByRole('button', { name: '交卷，共6题' }).click();

			await expect(page.getByRole('heading', { level: 1 })).toContainText('测查已通过');
			await expect(page.getByText('全课完成，计入')).toBeVisible();
			await expect(page.locator('.review')).toHaveCount(6);
			await page.goto(pathOf(course));
			await expect(page.getByText('6题的答案和解析')).toBeVisible();
		});

		test('pairs are matched and items put in sequence', async ({ page, ctx, signIn }) => {
			const pool = () => [aMatching({ id: `m-${newId()}` }), anOrdering({ id: `o-${newId()}` })];
			const [learner, course] = [await signIn(page, 'learner'), await aCourse(ctx, { lessons: 1, pool, pass: 2 })];
			await page.goto(pathOf(course));
			await page.getByRole('button', { name: '开始测查' }).click();
			await page.waitForSelector('#question');

			const answers = await openTry(ctx, learner, await checkIdOn(page));
			for (const { position, answer } of answers) {
				await fillIn(page, answer);
				if (javaScriptEnabled) {
					await expectNoBarrier(page);
					await expect(page.locator('.receipt')).toContainText('已保存');
				}
				await page.getByRole('button', { name: position === 2 ? '查看作答情况' : '下一题', exact: true }).click();
			}
			await page.getByRole('button', { name: '交卷，共2题' }).click();
			await expect(page.getByRole('heading', { level: 1 })).toContainText('测查已通过');
			await expect(page.getByText('甲方 — 一个月')).toBeVisible();
		});

		test('going to another question saves what is typed, and unanswered ones are named before handing in', async ({
			page,
			ctx,
			signIn
		}) => {
			const [learner, course] = [await signIn(page, 'learner'), await aCourse(ctx, { lessons: 1 })];
			await page.goto(pathOf(course));
			await page.getByRole('button', { name: '开始测查' }).click();
			await page.waitForSelector('#question');
			const [first] = await openTry(ctx, learner, await checkIdOn(page));
			await fillIn(page, first!.answer);
			await page.getByRole('navigation', { name: '已存' }).getByRole('button', { name: '第4题' }).click();
			await expect(page.locator('.page-head').getByText('第4题，共6题')).toBeVisible();
			await expect(page.getByRole('heading', { name: '已存1题' })).toBeVisible();

			await page.goto(`${pathOf(course)}?at=hand-in`);
			await expect(page.getByRole('heading', { level: 1 })).toHaveText('还有5题没有作答');
			await page.getByRole('button', { name: '留5题不答，交卷' }).click();
			await expect(page.getByRole('heading', { level: 1 })).toContainText('这次还没有通过');
			await expect(page.getByText('不足2题').first()).toBeVisible();
		});
	});
}

test('an answer that finds no connection is sent when there is one again', async ({ page, ctx, signIn, context }) => {
	const [learner, course] = [await signIn(page, 'learner'), await aCourse(ctx, { lessons: 1 })];
	await page.goto(pathOf(course));
	await page.getByRole('button', { name: '开始测查' }).click();
	await page.waitForSelector('#question');
	const [first] = await openTry(ctx, learner, await checkIdOn(page));

	await context.setOffline(true);
	await fillIn(page, first!.answer);
	await page.locator('#question').evaluate((form) => form.dispatchEvent(new Event('change')));
	await expect(page.locator('.receipt')).toContainText('还没有存到服务器');
	await page.getByRole('button', { name: '下一题' }).click();
	await expect(page.locator('.page-head').getByText('第1题，共6题')).toBeVisible();

	await context.setOffline(false);
	await expect(page.locator('.receipt')).toContainText('已保存');
});

test('after two failures the next try waits, in every tab', async ({ page, ctx, signIn, at }) => {
	const [learner, course] = [await signIn(page, 'learner'), await aCourse(ctx, { lessons: 1 })];
	for (let number = 0; number < 2; number++) await aTry(as(ctx, learner.id), addressOf(course), { wrong: 3 });

	await page.goto(pathOf(course));
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(/有\d处需要重读/);
	await expect(page.getByText('10:10起可点')).toBeVisible();
	const begun = await page.request.post(`${pathOf(course)}?/begin`, {
		form: {},
		headers: { origin: new URL(page.url()).origin, 'x-test-now': testNow.toISOString() }
	});
	expect(await begun.text()).toContain('10分钟后可以再测');

	await at(minutesLater(11));
	await page.reload();
	await page.getByRole('button', { name: '再测一次' }).click();
	await expect(page.locator('.page-head').getByText('第1题，共6题')).toBeVisible();
});

const views: Record<string, (place: { page: Page; ctx: Context; learner: Person; course: Course }) => Promise<string>> =
	{
		ready: async ({ course }) => pathOf(course),
		question: async ({ ctx, learner, course }) => (await anOpenTry(ctx, learner, course), `${pathOf(course)}?at=2`),
		'hand-in': async ({ ctx, learner, course }) => (
			await anOpenTry(ctx, learner, course),
			`${pathOf(course)}?at=hand-in`
		),
		failed: async ({ ctx, learner, course }) => {
			for (let number = 0; number < 2; number++) await aTry(as(ctx, learner.id), addressOf(course), { wrong: 3 });
			return pathOf(course);
		},
		passed: async ({ ctx, learner, course }) => (
			await aTry(as(ctx, learner.id), addressOf(course), { wrong: 1 }),
			pathOf(course)
		)
	};

async function anOpenTry(ctx: Context, learner: Person, course: Course) {
	const { beginCheck } = await import('#lib/server/courses/begin-check.ts');
	return beginCheck(as(ctx, learner.id), addressOf(course));
}

for (const [name, make] of Object.entries(views)) {
	test(`the page ${name} has no barriers, in both languages and themes, wide and narrow`, async ({
		page,
		ctx,
		signIn
	}) => {
		const [learner, course] = [await signIn(page, 'learner'), await aCourse(ctx, { lessons: 2 })];
		const path = await make({ page, ctx, learner, course });
		await expectReadable(page, () => page.goto(path));
	});
}

test('items are moved up and down with the keyboard', async ({ page, ctx, signIn }) => {
	const pool = () => [anOrdering({ id: `o-${newId()}` })];
	const [, course] = [await signIn(page, 'learner'), await aCourse(ctx, { lessons: 1, pool, pass: 1 })];
	await page.goto(pathOf(course));
	await page.getByRole('button', { name: '开始测查' }).click();
	await page.waitForSelector('#question');

	const rows = page.locator('.sequence > li');
	const first = await rows.first().locator('.sequence__text').innerText();
	await page.getByRole('button', { name: `把“${first}”下移` }).focus();
	await page.keyboard.press('Enter');
	await expect(rows.nth(1)).toContainText(first);
	await expect(page.getByRole('button', { name: `把“${first}”下移` })).toBeFocused();
	await expect(page.getByText(`“${first}”现在是第2位，共4位`)).toBeAttached();
	await expect(page.locator('.receipt')).toContainText('已保存');

	await page.goto(`${pathOf(course)}?at=1`);
	await expect(rows.nth(1)).toContainText(first);
});
