import { readArchive } from '#lib/server/platform/tables/read-archive.ts';
import { aCompletion, aCourse } from '../factories/courses.ts';
import { aPerson } from '../factories/people.ts';
import { aUnit } from '../factories/units.ts';
import { expect, test } from './test.ts';

test('HR opens a record and its owner sees it; a correction is asked for and answered; all of it is taken along', async ({
	browser,
	page,
	ctx,
	signIn
}) => {
	const unit = await aUnit(ctx);
	const hr = await signIn(page, 'hr', unit);
	const person = await aPerson(ctx, { unit, name: '沈知微' });
	const course = await aCourse(ctx, { lessons: 1, title: { 'zh-CN': '工资支付规定', en: 'Payment of Wages' } });
	await aCompletion(ctx, { person, course });
	const own = await browser.newContext({ baseURL: process.env.E2E_URL });
	await own.setExtraHTTPHeaders({ 'x-test-now': ctx.now.toISOString() });
	const owner = await own.newPage();
	await signIn(owner, person);
	await owner.goto('/record');
	await expect(owner.getByText('还没有人查阅过这份档案')).toBeVisible();

	await page.goto(`/manage/people/${person.id}`);
	await page.getByRole('link', { name: '学法档案' }).last().click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('沈知微的学法档案');
	await expect(page.getByText('本人会看到谁在哪天查阅')).toBeVisible();
	await expect(page.getByRole('row', { name: /工资支付规定/ }).first()).toBeVisible();
	await page.reload();
	await owner.goto('/record');
	const looks = owner.getByRole('region', { name: /谁查阅过/ }).first();
	await expect(looks).toContainText(hr.name);
	await expect(looks.getByRole('row', { name: new RegExp(hr.name) })).toHaveCount(1);

	await owner.getByRole('link', { name: '申请更正' }).click();
	await owner.getByLabel('哪一部分').selectOption('完成的课程');
	await owner.getByLabel('哪里有误').fill('工资支付规定记的是11月，应为9月');
	await owner.getByRole('button', { name: '提交更正申请' }).click();
	await owner.getByLabel('依据').fill('9月的结业截图');
	await owner.getByRole('button', { name: '提交更正申请' }).click();
	await expect(owner.getByRole('heading', { level: 1 })).toHaveText('1件申请等待答复');

	await page.goto('/manage/corrections');
	await page.getByRole('link', { name: '沈知微' }).click();
	await page.getByRole('radio', { name: /^不予更正/ }).check();
	await page.getByLabel('理由').fill('系统记录的是通过测查的日期');
	await page.getByRole('button', { name: '答复申请' }).click();
	await expect(page.getByText('已答复，并通知本人')).toBeVisible();
	await owner.goto('/notifications');
	await owner.getByText('更正申请未获同意').click();
	await expect(owner.getByText('系统记录的是通过测查的日期')).toBeVisible();

	await owner.goto('/record');
	const downloading = owner.waitForEvent('download');
	await owner.getByRole('link', { name: '导出全部' }).click();
	const download = await downloading;
	expect(download.suggestedFilename()).toMatch(/^学法档案 2026-11-23\.zip$/);
	const bytes = await (await own.request.get('/record/export')).body();
	const archive = await readArchive(bytes, { parts: 100, unpacked: 2 ** 24, ratio: 1_000 });
	expect(JSON.parse(await archive.text('record.json'))).toMatchObject({
		format: 'mingfa-record',
		courses: [{ title: { 'zh-CN': '工资支付规定' } }],
		corrections: [{ state: 'refused' }],
		looks: [{ name: hr.name, count: 2 }]
	});
	const html = await archive.text('record.html');
	const alone = await browser.newPage();
	await alone.setContent(html);
	await expect(alone.getByRole('heading', { level: 1 })).toHaveText('沈知微学法档案');
	await expect(alone.getByRole('heading', { name: '谁查阅过' })).toBeVisible();
	await alone.close();
	await own.close();
});

test('the export speaks the language of the person', async ({ page, ctx, signIn, context }) => {
	const person = await aPerson(ctx);
	await aCompletion(ctx, { person, course: await aCourse(ctx, { lessons: 1 }) });
	await signIn(page, person);
	await context.addCookies([{ name: 'PARAGLIDE_LOCALE', value: 'en', url: process.env.E2E_URL ?? '' }]);
	const archive = await readArchive(await (await page.request.get('/record/export')).body(), {
		...{ parts: 100, unpacked: 2 ** 24, ratio: 1_000 }
	});
	const html = await archive.text('record.html');
	expect(html).toContain('<html lang="en">');
	expect(html).toContain('Completed courses');
});
