import excel from 'exceljs';
import { announce } from '#lib/server/platform/announce.ts';
import '#lib/server/jobs/subscriptions.ts';
import { aCompletion, aCourse } from '../factories/courses.ts';
import { aPerson } from '../factories/people.ts';
import { anAssignment, anObligation } from '../factories/programmes.ts';
import { aUnit } from '../factories/units.ts';
import { expect, test } from './test.ts';

test('HR assigns a course to a unit with those below; the learner sees it at once; HR sees it completed, extends and withdraws', async ({
	page,
	browser,
	ctx,
	signIn
}) => {
	const hr = await signIn(page, 'hr');
	const county = await aUnit(ctx, { below: hr.unit, name: '示例县人社局' });
	const [learner, other] = [
		await aPerson(ctx, { unit: county, name: '陈知微' }),
		await aPerson(ctx, { unit: county, name: '冯谨言' })
	];
	const title = { 'zh-CN': `示例用工管理法${learner.staffNumber}`, en: `Model act ${learner.staffNumber}` };
	const course = await aCourse(ctx, { title });

	await page.goto('/manage/assignments');
	await page.getByRole('link', { name: '新指派' }).click();
	await page.getByRole('radio', { name: title['zh-CN'] }).check();
	await page.getByRole('button', { name: '下一步：选人' }).click();
	await page.getByRole('checkbox', { name: hr.unit.name }).check();
	await page.getByRole('button', { name: '下一步：期限与缘由' }).click();
	await page.getByRole('button', { name: '下一步：核对' }).click();
	await expect(page.getByText('这一项要填。').first()).toBeVisible();
	await page.getByLabel('截止日期').fill('2026-12-31');
	await page.getByLabel('缘由').fill('年度法治培训计划第四项');
	await page.getByRole('button', { name: '下一步：核对' }).click();

	await expect(page.getByRole('heading', { level: 1 })).toHaveText('核对：将指派给3人');
	await expect(page.locator('.sum')).toHaveText('3 符合 − 0 已通过 − 0 已有义务 ＝ 3人');
	await expect(page.getByRole('rowheader', { name: /陈知微/ })).toBeVisible();
	await page.getByRole('button', { name: '指派给3人' }).dblclick();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('3人中3人未完成');
	const address = page.url();

	const own = await browser.newContext({
		extraHTTPHeaders: { 'x-test-now': ctx.now.toISOString() },
		baseURL: process.env.E2E_URL
	});
	await signIn(own, learner);
	const today = await own.newPage();
	await today.goto('/today');
	const duty = today.locator('.due > li').filter({ hasText: title['zh-CN'] });
	await duty.getByText('为什么有这一项').click();
	await expect(duty).toContainText(`${hr.name}于2026年11月23日指派：年度法治培训计划第四项`);
	await expect(today.getByRole('link', { name: '通知，没有未读' })).toBeVisible(); // told with the digest of the day

	const completion = await aCompletion(ctx, { person: learner, course });
	await announce(ctx, 'course.completed', { personId: learner.id, courseId: course.id, completionId: completion.id });
	await page.goto(address);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('3人中2人未完成');
	await expect(page.getByRole('row', { name: /陈知微/ })).toContainText('2026-11-23完成');

	await page.getByRole('checkbox', { name: `选择${other.name}` }).check();
	await page.getByRole('button', { name: '改期' }).click();
	const dialog = page.getByRole('dialog', { name: '为1人改期' });
	await expect(dialog).toContainText('冯谨言');
	await dialog.getByLabel('新的截止日期').fill('2027-01-31');
	await dialog.getByRole('button', { name: '为1人改期' }).click();
	await expect(page.getByRole('row', { name: /冯谨言/ })).toContainText('2027-01-31');

	await page.getByRole('checkbox', { name: `选择${other.name}` }).check();
	await page.getByRole('button', { name: '撤回', exact: true }).click();
	await page.getByRole('dialog').getByLabel('撤回的缘由').fill('借调在外');
	await page.getByRole('button', { name: '从1人撤回' }).click();
	await expect(page.getByRole('row', { name: /冯谨言/ })).toContainText('借调在外');
	await today.goto('/today');
	await expect(duty).toHaveCount(0);
	await own.close();
});

test('assigning works without JavaScript, from one person on', async ({ browser, ctx, signIn }) => {
	const context = await browser.newContext({
		javaScriptEnabled: false,
		extraHTTPHeaders: { 'x-test-now': ctx.now.toISOString() },
		baseURL: process.env.E2E_URL,
		locale: 'zh-CN'
	});
	const hr = await signIn(context, 'hr');
	const [person, more] = [
		await aPerson(ctx, { unit: hr.unit, name: '方既明' }),
		await aPerson(ctx, { unit: hr.unit, name: '何以安' })
	];
	const { id } = await aCourse(ctx);
	const page = await context.newPage();

	await page.goto(`/manage/assignments/new?person=${person.id}&course=${id}&step=people`);
	await expect(page.getByRole('checkbox', { name: /方既明/ })).toBeChecked();
	await page.getByRole('searchbox', { name: /点名/ }).fill(more.staffNumber);
	await page.getByRole('button', { name: '搜索' }).last().click();
	await page.getByRole('checkbox', { name: /何以安/ }).check();
	await page.getByRole('button', { name: '下一步：期限与缘由' }).click();
	await page.getByLabel('截止日期').fill('2026-12-31');
	await page.getByLabel('缘由').fill('补学');
	await page.getByRole('button', { name: '下一步：核对' }).click();
	await page.getByRole('button', { name: '指派给2人' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('2人中2人未完成');
	await expect(page.getByText('已指派给2人。')).toBeVisible();

	await page.getByRole('checkbox', { name: '选择方既明' }).check();
	await page.getByRole('checkbox', { name: '改为列出的全部人' }).check();
	await page.getByRole('button', { name: '催办' }).click();
	await page.getByRole('button', { name: '催办2人' }).click();
	await expect(page.getByText('已催办2人。')).toBeVisible();
	await context.close();
});

test('the XLSX holds exactly what is listed, in the language of the reader', async ({ page, ctx, signIn }) => {
	const hr = await signIn(page, 'hr');
	const assignment = await anAssignment(ctx, { unit: hr.unit });
	await anObligation(ctx, {
		assignment,
		person: await aPerson(ctx, { unit: hr.unit, name: '陈知微' }),
		startedAt: ctx.now
	});
	await anObligation(ctx, { assignment, person: await aPerson(ctx, { unit: hr.unit, name: '冯谨言' }) });

	await page.goto(`/manage/assignments/${assignment.id}?state=in-progress`);
	const download = page.waitForEvent('download');
	await page.getByRole('link', { name: '下载XLSX' }).click();
	const workbook = new excel.Workbook();
	await workbook.xlsx.readFile(await (await download).path());
	const rows = workbook.worksheets[0]!.getSheetValues().slice(1) as string[][];
	expect(rows.map((row) => [row[1], row[3], row[6], row[7], row[8]])).toEqual([
		['姓名', '单位', '状态', '截止', '开始'],
		['陈知微', hr.unit.name, '进行中', '2026-12-31', '2026-11-23']
	]);
});
