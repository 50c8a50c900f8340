import { aPerson } from '../factories/people.ts';
import { aUnit } from '../factories/units.ts';
import { expect, test } from './test.ts';

const shots = process.env.SHOTS;

test('a liaison lends the role for a time; the deputy acts with it, and gives it back', async ({
	page,
	browser,
	ctx,
	signIn
}) => {
	const liaison = await signIn(page, 'liaison');
	const below = await aUnit(ctx, { below: liaison.unit, name: '示例股' });
	const deputy = await aPerson(ctx, { unit: below, name: '陈知微' });

	await page.goto('/account');
	await page.getByRole('link', { name: '代理' }).click();
	await expect(page.getByText('没有代理')).toBeVisible();
	await page.getByLabel('查找代理人').fill('陈知微');
	await page.getByRole('button', { name: '查找' }).click();
	await page.getByLabel('单位').selectOption({ label: '　示例股' });
	await page.getByLabel('到（含）').fill('2027-12-31');
	await page.getByRole('button', { name: '借出角色' }).click();
	await expect(page.getByText('代理最长12个月。')).toBeVisible();
	await page.getByLabel('到（含）').fill('2026-12-31');
	await page.getByRole('button', { name: '借出角色' }).click();
	await expect(page.getByRole('row', { name: /陈知微/ })).toContainText('正在代理');
	if (shots) await page.screenshot({ path: `${shots}/deputies.png` });

	const own = await browser.newContext({
		extraHTTPHeaders: { 'x-test-now': ctx.now.toISOString() },
		baseURL: process.env.E2E_URL
	});
	await signIn(own, deputy);
	const acting = await own.newPage();
	await acting.goto('/manage/people');
	await expect(acting.getByRole('rowheader', { name: /陈知微/ })).toBeVisible();
	await expect(acting.getByText(liaison.name)).toHaveCount(0);
	await acting.goto('/account/deputies');
	await acting.getByRole('button', { name: /结束代理：陈知微代/ }).click();
	await expect(acting.getByText('没有代理')).toBeVisible();
	expect((await acting.goto('/manage/people'))?.status()).toBe(403);
	await own.close();
});
