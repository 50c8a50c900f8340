import { aPerson } from '../factories/people.ts';
import { aUnit } from '../factories/units.ts';
import { expect, test } from './test.ts';

test('HR renames a unit from a day to come, and takes that back', async ({ page, ctx, signIn }) => {
	const hr = await signIn(page, 'hr');
	const unit = await aUnit(ctx, { below: hr.unit, name: '法制处' });

	await page.goto(`/manage/units/${unit.id}`);
	await page.getByRole('link', { name: '更名' }).click();
	await page.getByLabel('新名称').fill('法规处');
	await page.getByLabel('生效日期').fill('2027-01-01');
	await page.getByRole('button', { name: '记录更名' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('法制处');

	await page.goto('/manage/units');
	await expect(page.getByRole('link', { name: '法制处更名为法规处' })).toBeVisible();
	await page.getByRole('link', { name: '撤销变更' }).click();
	await page.getByRole('dialog').getByRole('button', { name: '撤销变更' }).click();
	await expect(page.getByText('待生效的变更')).toHaveCount(0);
	await expect(page.locator('.timeline li')).toHaveCount(1);
});

test('HR merges a unit into another: its people go along', async ({ page, ctx, signIn }) => {
	const hr = await signIn(page, 'hr');
	const [unit, into] = [
		await aUnit(ctx, { below: hr.unit, name: '就业处' }),
		await aUnit(ctx, { below: hr.unit, name: '就业促进处' })
	];
	const person = await aPerson(ctx, { unit });

	await page.goto(`/manage/units/${unit.id}/close`);
	await page.getByRole('button', { name: '查看影响范围' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toContainText('不能撤销');
	await expect(page.getByRole('link', { name: person.name })).toBeVisible();
	await page.getByRole('link', { name: '改为并入另一个单位' }).click();

	await page.getByRole('button', { name: '查看影响范围' }).click();
	await expect(page.getByLabel('并入的单位', { exact: true })).toHaveAttribute('aria-invalid', 'true');
	await page.getByLabel('并入的单位', { exact: true }).selectOption(into.id);
	await page.getByRole('button', { name: '查看影响范围' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('把就业处并入就业促进处');
	await page.getByRole('button', { name: '合并就业处' }).click();
	await expect(page.getByText('2026年11月23日起撤销')).toBeVisible();

	await page.goto(`/manage/people/${person.id}`);
	await expect(page.locator('.roster-facts')).toContainText('就业促进处');
	await expect(page.locator('.timeline')).toContainText('就业处');
});

test('HR moves a unit below another: its people go along', async ({ page, ctx, signIn }) => {
	const hr = await signIn(page, 'hr');
	const [unit, city] = [
		await aUnit(ctx, { below: hr.unit, name: '仲裁一庭' }),
		await aUnit(ctx, { below: hr.unit, name: '青岚市局' })
	];
	await aPerson(ctx, { unit });

	await page.goto(`/manage/units/${unit.id}/move`);
	await expect(page.getByLabel('新的上级单位', { exact: true })).toHaveValue(hr.unit.id);
	await page.getByLabel('新的上级单位', { exact: true }).selectOption(city.id);
	await page.getByRole('button', { name: '查看影响范围' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toContainText('青岚市局');
	await page.getByRole('main').locator('form[method=post]').getByRole('button').click();
	await expect(page).toHaveURL(`/manage/units/${unit.id}`);
	await expect(page.getByRole('main')).toContainText('青岚市局');
});

test('the tree folds, and a search opens the way to what it finds', async ({ page, ctx, signIn }) => {
	const hr = await signIn(page, 'hr');
	const city = await aUnit(ctx, { below: hr.unit, name: '青川市局' });
	const county = await aUnit(ctx, { below: city, name: '河东县局' });
	await aUnit(ctx, { below: county, name: '仲裁院' });

	await page.goto('/manage/units');
	await expect(page.getByRole('link', { name: '青川市局', exact: true })).toBeVisible();
	await expect(page.getByRole('link', { name: '仲裁院', exact: true })).toBeHidden();
	await page.getByRole('searchbox', { name: '查找单位' }).fill('仲裁');
	await page.getByRole('main').getByRole('button', { name: '搜索' }).click();
	await expect(page.getByRole('link', { name: '仲裁院', exact: true })).toBeVisible();
	await expect(page.locator('mark')).toHaveText('仲裁院');
});
