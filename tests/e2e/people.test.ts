import { aPerson } from '../factories/people.ts';
import { aGrant, aUnit } from '../factories/units.ts';
import { readingOf } from '#lib/server/people/name-reading.ts';
import { expect, test } from './test.ts';

test('HR hires somebody, transfers them from a date, and lets them retire', async ({ page, ctx, signIn, at }) => {
	const hr = await signIn(page, 'hr');
	const [first, second] = [
		await aUnit(ctx, { below: hr.unit, name: '劳动关系处' }),
		await aUnit(ctx, { below: hr.unit, name: '调解仲裁处' })
	];
	const number = `H${Date.now()}`;

	await page.goto('/manage/people');
	await page.getByRole('link', { name: '新增人员' }).click();
	await page.getByLabel('姓名', { exact: true }).fill('顾南枝');
	await page.getByLabel('工号').fill('不是工号');
	await page.getByLabel('单位', { exact: true }).selectOption(first.id);
	await page.getByLabel('职务名称').fill('一级科员');
	await page.getByRole('button', { name: '新增到名册' }).click();
	await expect(page.getByText('代码只能用字母、数字和短横。')).toBeVisible();
	await expect(page.getByLabel('姓名', { exact: true })).toHaveValue('顾南枝');
	await expect(page.getByLabel('单位', { exact: true })).toHaveValue(first.id);
	await page.getByLabel('工号').fill(number);
	await page.getByRole('button', { name: '新增到名册' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('顾南枝');
	const address = page.url();

	await page.getByRole('link', { name: '任免' }).click();
	await page.getByLabel('单位', { exact: true }).selectOption(second.id);
	await page.getByLabel('生效日期').fill('2026-12-01');
	await page.getByRole('button', { name: '记录任职' }).click();
	const history = page.locator('.timeline');
	await expect(history.locator('li').first()).toContainText('2026-12-01');
	await expect(history.locator('li').first()).toContainText('调解仲裁处');
	await expect(page.locator('.roster-facts')).toContainText('劳动关系处');

	await page.getByRole('link', { name: '办理离开' }).click();
	await page.getByLabel('离开日期').fill('2026-11-23');
	await page.getByRole('button', { name: /记录顾南枝离开/ }).click();
	await expect(page.getByLabel('离开日期')).toHaveAttribute('aria-invalid', 'true');

	await at(new Date('2026-12-02T02:00:00Z'));
	await page.getByLabel('离开日期').fill('2026-12-02');
	await page.getByRole('button', { name: /记录顾南枝离开/ }).click();
	await expect(page).toHaveURL(address);
	await expect(page.getByText('2026年12月2日起退休')).toBeVisible();

	await page.goto(`/manage/people?q=gunz&status=retired`);
	await expect(page.getByRole('link', { name: '顾南枝' })).toBeVisible();
});

test('the list finds, sorts, pages and chooses everybody in a step of its own', async ({ page, ctx, signIn }) => {
	const hr = await signIn(page, 'hr');
	for (let number = 0; number < 55; number++)
		await aPerson(ctx, { unit: hr.unit, name: '苏叶青', ...readingOf('苏叶青') });
	await aPerson(ctx, { unit: hr.unit, name: '安然', ...readingOf('安然') });

	await page.goto('/manage/people');
	await expect(page.locator('tbody tr')).toHaveCount(50);
	await expect(page.locator('tbody th').first()).toHaveText('安然');
	await page.getByRole('link', { name: '下一页' }).click();
	await expect(page.locator('tbody tr')).toHaveCount(7);
	await page.getByRole('link', { name: '上一页' }).click();
	await expect(page.locator('tbody th').first()).toHaveText('安然');

	await page.getByLabel('姓名、拼音或工号').fill('syq');
	await page.getByRole('button', { name: '筛选' }).click();
	await expect(page.getByText('符合条件的有55人')).toBeVisible();
	await page.getByRole('checkbox', { name: '选择苏叶青' }).first().check();
	await expect(page.getByText('已选1项')).toBeVisible();
	await page.getByRole('link', { name: '选全部55人' }).click();
	await expect(page.getByText('已选全部55人')).toBeVisible();

	const [download] = await Promise.all([
		page.waitForEvent('download'),
		page.getByRole('button', { name: '导出' }).click()
	]);
	expect(download.suggestedFilename()).toBe('人员 2026-11-23.xlsx');
});

test('a liaison sees and opens people of their own units only', async ({ page, ctx, signIn }) => {
	const liaison = await signIn(page, 'liaison');
	const own = await aPerson(ctx, { unit: await aUnit(ctx, { below: liaison.unit }) });
	const other = await aPerson(ctx);

	await page.goto('/manage/people');
	await expect(page.getByRole('link', { name: own.name, exact: true })).toBeVisible();
	await expect(page.getByText(other.name, { exact: true })).toHaveCount(0);
	expect((await page.goto(`/manage/people/${own.id}`))?.status()).toBe(200);
	expect((await page.goto(`/manage/people/${other.id}`))?.status()).toBe(404);
});

test.describe('without JavaScript', () => {
	test.use({ javaScriptEnabled: false });

	test('appointing, picking and filtering work', async ({ page, ctx, signIn }) => {
		const hr = await signIn(page, 'hr');
		await aGrant(ctx, hr.id, 'liaison', hr.unit);
		const unit = await aUnit(ctx, { below: hr.unit, name: '基金监督处' });
		const person = await aPerson(ctx, { unit: hr.unit, name: '何以安', ...readingOf('何以安') });

		await page.goto('/manage/people?q=hya');
		await page.getByRole('checkbox', { name: '选择何以安' }).check();
		await expect(page.getByRole('region', { name: '已选' })).toBeVisible();
		await page.goto(`/manage/people/${person.id}/appoint`);
		await page.getByLabel('借调').check();
		await page.getByLabel('单位', { exact: true }).selectOption(unit.id);
		await page.getByRole('button', { name: '记录任职' }).click();
		await page.getByRole('link', { name: '结束这项任职' }).click();
		await page.getByLabel('结束日期').fill('2026-11-23');
		await page.getByRole('button', { name: '结束这项任职' }).click();
		await expect(page.getByText('必须晚于').or(page.locator('.field__error')).first()).toBeVisible();
	});
});
