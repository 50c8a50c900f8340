import { aCourse } from '../factories/courses.ts';
import { aPerson } from '../factories/people.ts';
import { anAudience } from '../factories/requirements.ts';
import { aUnit } from '../factories/units.ts';
import { expect, test } from './test.ts';

test.describe('without JavaScript', () => {
	test.use({ javaScriptEnabled: false });

	test('HR drafts a programme, adopts it, previews and assigns it, and opens a duty down to its reason', async ({
		page,
		ctx,
		signIn
	}) => {
		const city = await aUnit(ctx, { kind: 'city' });
		const course = await aCourse(ctx, { lessons: 1 });
		const person = await aPerson(ctx, { unit: city, name: '苏叶青' });
		const name = `机关全体${city.code}`;
		await anAudience(ctx, { unit: city, name });
		await signIn(page, 'hr', city);

		await page.goto('/manage/programmes');
		await page.getByRole('link', { name: '起草培训计划' }).click();
		await page.getByLabel('名称').fill('年度学法计划');
		await page.getByRole('combobox', { name: '归口单位' }).selectOption(city.id);
		await page.getByRole('button', { name: '起草培训计划' }).click();

		await page.getByLabel('课程', { exact: true }).selectOption(course.id);
		await page.getByRole('button', { name: '加上这项要求' }).click();
		await page.getByRole('navigation', { name: '加一项要求' }).getByRole('link', { name: '学时' }).click();
		await page.getByLabel('学时', { exact: true }).fill('40');
		await page.getByRole('button', { name: '加上这项要求' }).click();
		await expect(page.locator('.requirements li')).toHaveCount(2);
		await page.getByRole('button', { name: '定稿并生效' }).click();

		await page.getByRole('link', { name: '下达', exact: true }).click();
		await page.getByLabel('人员范围').selectOption({ label: `${name} · ${city.name}` });
		await page.getByLabel('日期', { exact: true }).fill('2026-12-31');
		await page.getByLabel('理由').fill('年度计划第四项');
		await page.getByRole('button', { name: '测算人数' }).click();
		await expect(page.getByRole('main')).toContainText('苏叶青');
		await page.getByRole('button', { name: /^下达给\d+人$/ }).click();
		await page.waitForURL('**/manage/programmes/assignments/*');

		await expect
			.poll(async () => {
				await page.reload();
				return page.getByRole('row', { name: /苏叶青/ }).count();
			})
			.toBe(2);
		await page
			.getByRole('row', { name: /苏叶青/ })
			.getByRole('link', { name: '取得40学时' })
			.click();
		await expect(page.getByRole('heading', { level: 1 })).toHaveText('取得40学时');
		await expect(page.getByRole('main')).toContainText('培训计划《年度学法计划》第1版');

		await page.getByLabel('是什么').fill('党校法治专题班');
		await page.getByLabel('哪天完成').fill('2026-11-23');
		await page.getByRole('button', { name: '认定并抵算' }).click();
		await expect(page.getByRole('main')).toContainText('等效学习：党校法治专题班');

		await signIn(page, person);
		await page.goto('/today');
		await expect(page.getByRole('main')).toContainText('年度学法计划');
	});
});
