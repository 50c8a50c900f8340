import { aPerson } from '../factories/people.ts';
import { aUnit } from '../factories/units.ts';
import { expect, test } from './test.ts';

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
