import { aPerson } from '../factories/people.ts';
import { aUnit } from '../factories/units.ts';
import { expect, test } from './test.ts';

test('everybody who is found is counted, not only those who are listed', async ({ page, ctx, signIn }) => {
	const hr = await signIn(page, 'hr');
	const name = '芈十四';
	for (let made = 0; made < 14; made++) await aPerson(ctx, { unit: hr.unit, name });

	await page.goto(`/search?q=${name}`);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(`“${name}”有14处`);
	await expect(page.getByRole('heading', { name: '人员14人' })).toBeVisible();
	await expect(page.locator('.entries > li')).toHaveCount(12);
	await page.getByRole('link', { name: '看全部' }).click();
	await expect(page).toHaveURL(/\/manage\/people\?q=/);
});

test('people are found by those who keep their roster, and by nobody else', async ({ page, ctx, signIn, browser }) => {
	const unit = await aUnit(ctx);
	const here = await aPerson(ctx, { unit });
	const elsewhere = await aPerson(ctx);
	await signIn(page, 'hr', unit);

	await page.goto(`/search?q=${here.staffNumber}`);
	await page.getByRole('link', { name: here.name }).click();
	await expect(page).toHaveURL(`/manage/people/${here.id}`);
	await page.goto(`/search?q=${elsewhere.staffNumber}`);
	await expect(page.getByRole('link', { name: elsewhere.name })).toHaveCount(0);

	const other = await browser.newContext({ baseURL: process.env.E2E_URL, extraHTTPHeaders: {} });
	const learner = await other.newPage();
	await signIn(learner, 'learner', unit);
	await learner.goto(`/search?q=${here.staffNumber}`);
	await expect(learner.getByRole('link', { name: here.name })).toHaveCount(0);
	await other.close();
});
