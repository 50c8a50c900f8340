import { issueSlips } from '#lib/server/sessions/issue-slips.ts';
import { anAccount, thePassword } from '../factories/accounts.ts';
import { aPerson } from '../factories/people.ts';
import { aSession } from '../factories/sessions.ts';
import { as, aUnit } from '../factories/units.ts';
import { expect, test } from './test.ts';

test('leads from the page that was asked for to the door, and back to it', async ({ page, ctx }) => {
	const person = await anAccount(ctx);
	await page.goto('/account/sessions');
	await page.getByLabel('工号或用户名').fill(person.staffNumber);
	await page.getByLabel('密码', { exact: true }).fill('not this one');
	await page.getByRole('button', { name: '登录', exact: true }).click();
	await expect(page.getByRole('alert')).toContainText('账户或密码不对');
	await expect(page.getByLabel('工号或用户名')).toHaveValue(person.staffNumber);

	await page.getByLabel('密码', { exact: true }).fill(thePassword);
	await page.getByRole('button', { name: '登录', exact: true }).click();
	await expect(page).toHaveURL(/\/account\/sessions$/);
	await expect(page.getByRole('banner')).toContainText(person.name);
});

test('shows a password on request', async ({ page }) => {
	await page.goto('/sign-in');
	const field = page.getByLabel('密码', { exact: true });
	await field.fill('seven quiet');
	await page.getByRole('button', { name: '显示密码' }).click();
	await expect(field).toHaveAttribute('type', 'text');
});

test('signs one out elsewhere', async ({ page, ctx, signIn }) => {
	const person = await signIn(page, await aPerson(ctx));
	await aSession(ctx, person.id, { userAgent: 'Mozilla/5.0 (Windows NT 10.0) Chrome/142.0 Safari/537.36' });
	await page.goto('/account/sessions');
	await page.getByRole('button', { name: '结束Chrome · Windows上的登录' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('只在这台设备上登录');
});

test.describe('without a script', () => {
	test.use({ javaScriptEnabled: false });

	test('a slip’s code opens the door once: a password is set, and it signs in', async ({ page, ctx }) => {
		const unit = await aUnit(ctx);
		const person = await aPerson(ctx, { unit });
		const hr = as(ctx, (await aPerson(ctx, { unit })).id, { role: 'hr', unit });
		const { slips } = await issueSlips(hr, { personIds: [person.id] });

		const enter = async (password: string) => {
			await page.goto('/sign-in');
			await page.getByLabel('工号或用户名').fill(person.staffNumber);
			await page.getByLabel('密码', { exact: true }).fill(password);
			await page.getByRole('button', { name: '登录', exact: true }).click();
		};
		await enter(slips[0]?.code.toUpperCase() ?? '');
		await expect(page.getByRole('heading', { level: 1 })).toHaveText('设置密码');
		const link = page.url();

		await page.getByLabel('新密码').fill('1234567890');
		await page.getByLabel('再输入一次').fill('1234567890');
		await page.getByRole('button', { name: '保存密码' }).click();
		await expect(page.getByText('这是最先会被试的密码之一')).toBeVisible();
		await page.getByLabel('新密码').fill(thePassword);
		await page.getByLabel('再输入一次').fill(thePassword);
		await page.getByRole('button', { name: '保存密码' }).click();
		await expect(page.getByText('密码已设置')).toBeVisible();

		await enter(thePassword);
		await page.goto('/account');
		await expect(page.getByRole('main')).toContainText(person.staffNumber);
		expect((await page.goto(link))?.status()).toBe(404);
		await expect(page.getByRole('heading', { level: 1 })).toHaveText('这个链接不能再用');
	});

	test('a role is granted to somebody who was searched for, and taken back', async ({ page, ctx, signIn }) => {
		const hr = await signIn(page, 'hr');
		const person = await aPerson(ctx, { unit: hr.unit });
		await page.goto('/admin/roles');
		await page.getByRole('link', { name: '授予角色' }).click();
		await page.getByRole('searchbox', { name: /人员/ }).fill(person.staffNumber);
		await page.getByRole('main').getByRole('button', { name: '搜索' }).first().click();
		await page.getByRole('radio', { name: new RegExp(person.name) }).check();
		await page.getByRole('radio', { name: /单位联络员/ }).check();
		await page.getByRole('button', { name: '授予角色' }).click();

		const row = page.getByRole('row', { name: new RegExp(person.name) });
		await expect(row).toContainText('单位联络员');
		await row.getByRole('link', { name: '收回' }).click();
		await expect(page.getByRole('dialog')).toContainText(person.name);
		await page.getByRole('button', { name: '收回角色' }).click();
		await expect(page.getByRole('row', { name: new RegExp(person.name) })).toHaveCount(0);
	});
});
