import { readingPositions } from '#db/schema/courses.ts';
import { notify } from '#lib/server/notifications/notify.ts';
import { aCompletion, aCourse } from '../factories/courses.ts';
import { aCandidacy } from '../factories/exams.ts';
import { aPerson } from '../factories/people.ts';
import { anAssignment, anObligation } from '../factories/programmes.ts';
import { expect, test } from './test.ts';

test('Today says what is left, by when, who assigned it and why, and leads to the next step', async ({
	page,
	ctx,
	signIn
}) => {
	const person = await signIn(page, 'learner');
	const [course, later] = [await aCourse(ctx), await aCourse(ctx, { kind: 'elective' })];
	const by = await aPerson(ctx, { name: '林素问' });
	await anObligation(ctx, {
		person,
		assignment: await anAssignment(ctx, { course, by, dueOn: '2026-11-27', reason: '年度法治培训计划第四项' })
	});
	await anObligation(ctx, { person, course: later, dueOn: '2026-12-31' });
	await ctx.db
		.insert(readingPositions)
		.values({ personId: person.id, lessonId: course.lessons[0]!.id, heading: 'periods', at: ctx.now });
	await aCompletion(ctx, { person, course: await aCourse(ctx, { hours: 6 }) });

	await page.goto('/today');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('还剩2项，最近一项周五截止');
	await expect(page.getByRole('link', { name: '今日' })).toContainText('2项待办');
	await expect(page.getByRole('link', { name: '接着读第1课' })).toHaveAttribute(
		'href',
		`/courses/${course.slug}/lesson-1`
	);
	await expect(page.getByText('上次读到“先看期限”')).toBeVisible();

	const [first, second] = [page.locator('.due > li').nth(0), page.locator('.due > li').nth(1)];
	await expect(first).toContainText('还有4天');
	await expect(second).toContainText('未开始');
	await first.getByText('为什么有这一项').click();
	await expect(first).toContainText('林素问于2026年11月23日指派：年度法治培训计划第四项');

	await page.getByText('今年已完成1项').click();
	await expect(page.getByRole('row', { name: /示例用工管理法/ })).toContainText('6');
});

test('Today and the navigation beside every page count courses and exams alike', async ({ page, ctx, signIn }) => {
	const person = await signIn(page, 'learner');
	await anObligation(ctx, { person, course: await aCourse(ctx, { kind: 'elective' }) });
	await aCandidacy(ctx, person);

	await page.goto('/today');
	await expect(page.getByRole('heading', { level: 1 })).toContainText('还剩2项');
	await expect(page.locator('.due > li')).toHaveCount(2);
	await expect(page.getByRole('link', { name: '今日' })).toContainText('2项待办');
});

test('Today is empty where nothing is asked', async ({ page, signIn }) => {
	await signIn(page, 'learner');
	await page.goto('/today');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('目前没有要完成的学习');
	await expect(page.getByRole('link', { name: '看全部课程' })).toBeVisible();
});

test('notifications are opened, counted and marked', async ({ page, ctx, signIn }) => {
	const person = await signIn(page, 'learner');
	const title = { 'zh-CN': '劳动合同法', en: 'Labour contracts' };
	const yesterday = { ...ctx, now: new Date('2026-11-22T03:00:00Z') };
	await notify(yesterday, [person.id], {
		kind: 'reminded',
		occasion: 'a',
		href: '/today',
		values: { title, dueOn: '2026-12-31' }
	});
	await notify(ctx, [person.id], {
		kind: 'extended',
		occasion: 'b',
		href: '/preferences',
		values: { title, dueOn: '2027-01-31' }
	});

	await page.goto('/notifications');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('2条通知未读');
	await expect(page.getByRole('heading', { level: 2 })).toHaveText([
		'2026年11月23日，星期一',
		'2026年11月22日，星期日'
	]);
	await page.getByRole('button', { name: '期限变动：《劳动合同法》，改为2027年1月31日前完成' }).click();
	await expect(page).toHaveURL(/\/preferences$/);

	await page.goto('/notifications');
	await expect(page.getByRole('link', { name: '通知，1条未读' })).toBeVisible();
	await page.getByRole('button', { name: '全部标为已读' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('通知都已读');
	await expect(page.getByRole('link', { name: '通知，没有未读' })).toBeVisible();
});
