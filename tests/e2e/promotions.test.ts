import excel from 'exceljs';
import '#lib/server/jobs/subscriptions.ts';
import { appoint } from '#lib/server/people/appoint.ts';
import { aCourse } from '../factories/courses.ts';
import { aPerson } from '../factories/people.ts';
import { aPromotion } from '../factories/promotions.ts';
import { as, aUnit } from '../factories/units.ts';
import { expect, test } from './test.ts';

const title = { 'zh-CN': '劳动合同法', en: 'Labour Contract Law' };

test('HR sees who is overdue first, and what is left until when', async ({ page, ctx, signIn }) => {
	const unit = await aUnit(ctx);
	const course = await aCourse(ctx, { title });
	await signIn(page, 'hr', unit);
	const people = {
		late: await aPerson(ctx, { unit, name: '温如初' }),
		soon: await aPerson(ctx, { unit, name: '江照晚' }),
		later: await aPerson(ctx, { unit, name: '苏叶青' })
	};
	await aPromotion(ctx, { person: people.later, startsOn: '2026-09-03', dueOn: '2027-09-03', courses: [course] });
	await aPromotion(ctx, { person: people.soon, startsOn: '2025-12-08', dueOn: '2026-12-08', courses: [course] });
	await aPromotion(ctx, { person: people.late, startsOn: '2025-11-07', dueOn: '2026-11-07', courses: [course] });

	await page.goto('/manage/promotions');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('1人逾期，1人将在90天内到期');
	await expect(page.locator('tbody th[scope=row] a')).toHaveText(['温如初', '江照晚', '苏叶青']);
	await expect(page.getByRole('row', { name: /温如初/ })).toContainText('逾期16天');
	await expect(page.getByRole('row', { name: /江照晚/ })).toContainText('15天');
	await expect(page.getByRole('row', { name: /江照晚/ })).toContainText('劳动合同法');

	const response = await page.request.get((await page.getByRole('link', { name: '下载' }).getAttribute('href')) ?? '');
	const workbook = new excel.Workbook();
	await workbook.xlsx.load((await response.body()) as unknown as ArrayBuffer);
	expect(workbook.worksheets[0]?.getColumn(2).values.filter(Boolean)).toEqual(['姓名', '温如初', '江照晚', '苏叶青']);
	expect(workbook.worksheets[0]?.getColumn(11).values.filter((value) => value !== undefined)).toEqual([
		'剩余天数',
		-16,
		15,
		284
	]);
});

test('a promotion recorded in the posts appears with its deadline', async ({ page, ctx, signIn }) => {
	const unit = await aUnit(ctx);
	const hr = await signIn(page, 'hr', unit);
	const person = await aPerson(ctx, { unit, name: '梁思远' });
	await appoint(as(ctx, hr.id, { role: 'hr', unit }), {
		personId: person.id,
		unitId: unit.id,
		kind: 'promotion',
		title: '副局长',
		leadershipLevel: 'division-deputy',
		rank: null,
		startsOn: '2026-10-12',
		document: null
	});

	await page.goto('/manage/promotions');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('1人在任职培训期内，90天内无人到期');
	await expect(page.getByRole('row', { name: /梁思远/ })).toContainText('2027-04-12');
	await expect(page.getByRole('row', { name: /梁思远/ })).toContainText('140天');
});

test('HR cancels a case with a reason, with a script and without', async ({ page, ctx, signIn, browser, baseURL }) => {
	const unit = await aUnit(ctx);
	const hr = await signIn(page, 'hr', unit);
	await aPromotion(ctx, { person: await aPerson(ctx, { unit, name: '叶清和' }), courses: [await aCourse(ctx)] });
	await aPromotion(ctx, { person: hr, courses: [await aCourse(ctx)] });

	const plain = await browser.newContext({
		javaScriptEnabled: false,
		baseURL,
		storageState: await page.context().storageState(),
		extraHTTPHeaders: { 'x-test-now': ctx.now.toISOString() }
	});
	const without = await plain.newPage();
	await without.goto('/manage/promotions');
	await expect(
		without.getByRole('row', { name: new RegExp(hr.name) }).getByRole('link', { name: /^取消/ })
	).toHaveCount(0);
	await without.getByRole('link', { name: /^取消.*叶清和的任职培训/ }).click();
	await expect(without.getByRole('dialog')).toContainText('取消叶清和的任职培训');
	await plain.close();

	await page.goto('/manage/promotions');
	await page.getByRole('link', { name: /^取消.*叶清和的任职培训/ }).click();
	await page.getByLabel('取消的原因').fill('任免文件已撤销');
	await page.getByRole('button', { name: '取消任职培训' }).click();
	await expect(page.getByText('已取消任职培训')).toBeVisible();
	await expect(page.getByRole('row', { name: /叶清和/ })).toHaveCount(0);
	await page.getByRole('link', { name: /已取消或离任/ }).click();
	await expect(page.getByRole('row', { name: /叶清和/ })).toContainText('任免文件已撤销');
});
