import { eq } from 'drizzle-orm';
import { posts } from '#db/schema/people.ts';
import { aCourse } from '../factories/courses.ts';
import { aPerson } from '../factories/people.ts';
import { aUnit } from '../factories/units.ts';
import { expectNoBarrier } from './barriers.ts';
import { expect, test } from './test.ts';

for (const javaScriptEnabled of [true, false]) {
	test.describe(javaScriptEnabled ? 'with a script' : 'without a script', () => {
		test.use({ javaScriptEnabled });

		test('everybody whom a filter leaves is moved: previewed, confirmed, done by itself', async ({
			page,
			ctx,
			signIn
		}) => {
			const hr = await signIn(page, 'hr');
			const to = await aUnit(ctx, { below: hr.unit });
			for (let made = 0; made < 60; made++) await aPerson(ctx, { unit: hr.unit });
			await page.goto(`/manage/people?unit=${hr.unit.id}`);
			await page.getByRole('link', { name: '批量处理列出的61人' }).click();
			await expect(page.getByRole('heading', { level: 1 })).toContainText('61人');
			await page.getByRole('link', { name: '调动到其他单位' }).click();
			await page.getByLabel('单位', { exact: true }).selectOption({ label: to.name });
			await page.getByLabel('生效日期').fill('2026-11-23');
			if (javaScriptEnabled) await expectNoBarrier(page);
			await page.getByRole('button', { name: '预览' }).click();

			await expect(page.getByRole('heading', { level: 1 })).toHaveText('调动到其他单位：将办60人，1人办不了');
			await expect(page.getByText('1人：涉及本人的事项，由他人办理。')).toBeVisible();
			if (javaScriptEnabled) await expectNoBarrier(page);
			await page.getByRole('button', { name: '为60人调动到其他单位' }).click();
			await expect(page.getByRole('heading', { level: 1 })).toHaveText('调动到其他单位：已办60人，未办1人', {
				timeout: 30_000
			});
			expect(await ctx.db.$count(posts, eq(posts.unitId, to.id))).toBe(60);
			await page.goto('/manage/bulk');
			await expect(page.getByRole('row').filter({ hasText: '调动到其他单位' }).first()).toContainText('已办完');
		});

		test('a course is assigned to those picked by hand, and taken back', async ({ page, ctx, signIn }) => {
			const hr = await signIn(page, 'hr');
			const people = [await aPerson(ctx, { unit: hr.unit }), await aPerson(ctx, { unit: hr.unit })];
			const title = `示例课程${people[0]!.staffNumber}`;
			await aCourse(ctx, { lessons: 1, title: { 'zh-CN': title, en: title } });
			await page.goto(`/manage/people?unit=${hr.unit.id}`);
			for (const { name } of people) await page.getByRole('row', { name }).getByRole('checkbox').check();
			await page.getByRole('button', { name: '批量处理' }).click();
			await expect(page.getByRole('heading', { level: 1 })).toContainText('2人');
			await page.getByRole('link', { name: '布置课程' }).click();
			await page.getByLabel('课程', { exact: true }).selectOption({ label: title });
			await page.getByLabel('截止日期').fill('2026-12-31');
			await page.getByLabel('理由', { exact: true }).fill('年度学习');
			await page.getByRole('button', { name: '预览' }).click();
			await page.getByRole('button', { name: '为2人布置课程' }).click();
			await expect(page.getByRole('heading', { level: 1 })).toHaveText('布置课程：已办2人', {
				timeout: 30_000
			});

			await page.getByText('撤销这次办理').click();
			await page.getByLabel('撤销理由').fill('布置有误');
			await page.getByRole('button', { name: '为2人撤销' }).click();
			await expect(page.getByRole('heading', { level: 1 })).toHaveText('布置课程：已撤销2人', {
				timeout: 30_000
			});
		});
	});
}
