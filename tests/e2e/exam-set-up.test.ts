import excel from 'exceljs';
import { preparePapers } from '#lib/server/exams/prepare-papers.ts';
import { aBankQuestion } from '../factories/bank.ts';
import { aPerson } from '../factories/people.ts';
import { aSingle } from '../factories/questions.ts';
import { aUnit } from '../factories/units.ts';
import { expect, holderOf, test } from './test.ts';

test('the legal division sets an exam up, publishes it and exempts somebody; a liaison sees the own candidates only', async ({
	page,
	browser,
	ctx,
	signIn
}) => {
	test.setTimeout(90_000);
	const legal = await signIn(page, 'legal');
	const [first, second] = [
		await aUnit(ctx, { below: legal.unit, name: '青禾县人社局' }),
		await aUnit(ctx, { below: legal.unit, name: '松坪县人社局' })
	];
	const tag = `专项${legal.staffNumber}`;
	for (let made = 0; made < 7; made++)
		await aBankQuestion(ctx, aSingle({ stem: `第${made}题` }), { tags: [tag], unit: legal.unit });
	const own = await aPerson(ctx, { unit: first, name: '陈知微' });
	const other = await aPerson(ctx, { unit: second, name: '方既明' });
	const title = `工伤保险专项考试${legal.staffNumber}`;

	await page.goto('/manage/exams');
	await page.getByRole('link', { name: '新建考试' }).click();
	await page.getByLabel('考试名称').fill(title);
	await page.getByLabel('开始时间').fill('2026-12-01T11:00');
	await page.getByLabel('结束时间').fill('2026-12-01T09:00');
	await page.getByRole('button', { name: '建立草稿' }).click();
	await expect(page.getByText('结束要在开始之后。')).toBeVisible();
	await page.getByLabel('开始时间').fill('2026-12-01T09:00');
	await page.getByLabel('结束时间').fill('2026-12-01T11:00');
	await page.getByRole('button', { name: '建立草稿' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('还有几步才能发布');
	await expect(page.getByText('2026-12-01 09:00至2026-12-01 11:00，作答90分钟。')).toBeVisible();
	const address = page.url();

	await page.getByRole('link', { name: '试卷' }).first().click();
	await page.getByRole('link', { name: '添加大题' }).click();
	await page.getByLabel('大题名称').fill('单项选择题');
	await page.getByLabel('标签').fill(tag);
	await expect(page.getByText('只有7题可用，要10题')).toBeVisible();
	await page.getByRole('button', { name: '保存大题' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('题库还缺3题');
	await page.getByRole('link', { name: '修改单项选择题' }).click();
	await page.getByLabel('题数').fill('5');
	await expect(page.getByText('可用7题')).toBeVisible();
	await page.getByRole('button', { name: '保存大题' }).click();
	await expect(page.getByText('总分10')).toBeVisible();
	await page.getByRole('link', { name: '看样卷' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('A卷样卷1');
	await expect(page.locator('.paper-questions > li')).toHaveCount(5);

	await page.goto(`${address}/candidates`);
	await page.getByRole('checkbox', { name: '青禾县人社局' }).check();
	await page.getByLabel('粘贴工号').fill(`${other.staffNumber}\nNOBODY`);
	await page.getByRole('button', { name: '加入', exact: true }).click();
	await expect(page.getByText('加入2项，1行没有加入')).toBeVisible();
	await expect(page.getByRole('row', { name: /NOBODY/ })).toContainText('没有这个工号');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('现在发布有2人应考');

	await page.goto(address);
	await page.getByRole('link', { name: '发布', exact: true }).click();
	const dialog = page.getByRole('dialog', { name: '发布给2人' });
	await expect(dialog).toContainText('总分10');
	await dialog.getByRole('button', { name: '发布给2人' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('2人应考，2026-12-01 09:00开考');
	await preparePapers(ctx, address.split('/').at(-1)!);

	await page.getByRole('link', { name: '考生' }).click();
	await page.getByRole('link', { name: '让陈知微免考' }).click();
	await page.getByRole('dialog').getByLabel('原因').fill('产假期间');
	await page.getByRole('dialog').getByRole('button', { name: '让陈知微免考' }).click();
	await expect(page.getByRole('row', { name: /陈知微/ })).toContainText('免考');
	await expect(page.getByText('产假')).toHaveCount(0);

	const theirs = await browser.newContext({
		extraHTTPHeaders: { 'x-test-now': ctx.now.toISOString() },
		baseURL: process.env.E2E_URL,
		locale: 'zh-CN'
	});
	await signIn(theirs, await holderOf(ctx, 'liaison', first));
	const liaison = await theirs.newPage();
	await liaison.goto('/manage/exams');
	await liaison.getByRole('link', { name: title }).click();
	await expect(liaison.getByRole('link', { name: '发布' })).toHaveCount(0);
	await liaison.getByRole('link', { name: '考生' }).click();
	await expect(liaison.getByRole('row', { name: new RegExp(own.name) })).toBeVisible();
	await expect(liaison.getByText(other.name)).toHaveCount(0);
	await expect(liaison.getByText('产假')).toHaveCount(0);

	const response = await theirs.request.get(`${address}/candidates/export`);
	const workbook = new excel.Workbook();
	await workbook.xlsx.load((await response.body()) as unknown as ArrayBuffer);
	const rows = workbook.worksheets[0]!.getSheetValues().slice(1) as string[][];
	expect(rows).toHaveLength(2);
	expect(rows[1]!.join(' ')).toContain(own.staffNumber);
	expect(rows[1]!.join(' ')).toContain('免考');
	expect(JSON.stringify(rows)).not.toContain('产假');
	await theirs.close();
});

test('setting an exam up works without JavaScript', async ({ browser, ctx, signIn }) => {
	const context = await browser.newContext({
		javaScriptEnabled: false,
		extraHTTPHeaders: { 'x-test-now': ctx.now.toISOString() },
		baseURL: process.env.E2E_URL,
		locale: 'zh-CN'
	});
	const legal = await signIn(context, 'legal');
	const question = await aBankQuestion(ctx, aSingle(), { unit: legal.unit });
	await aPerson(ctx, { unit: legal.unit });
	const page = await context.newPage();

	await page.goto('/manage/exams/new');
	await page.getByLabel('考试名称').fill('无脚本考试');
	await page.getByRole('button', { name: '建立草稿' }).click();
	const address = page.url();
	await page.goto(`${address}/papers`);
	await page.getByRole('link', { name: '添加大题' }).click();
	await page.getByLabel('大题名称').fill('固定题');
	await page.getByRole('radio', { name: '固定题目' }).check();
	await page.getByLabel('题目编号').fill(`${question.code} q-000000`);
	await page.getByRole('button', { name: '保存大题' }).click();
	await expect(page.getByText('题库里没有：q-000000。')).toBeVisible();
	await page.getByLabel('题目编号').fill(question.code);
	await page.getByRole('button', { name: '保存大题' }).click();
	await expect(page.getByText('可用1题')).toBeVisible();

	await page.goto(`${address}/candidates`);
	await page.getByRole('checkbox', { name: legal.unit.name }).check();
	await page.getByRole('button', { name: '加入', exact: true }).click();
	await expect(page.getByText('已加入1项。')).toBeVisible();
	await page.goto(`${address}?act=publish`);
	await page.getByRole('button', { name: '发布给2人' }).click();
	await expect(page.getByText('已发布，2人应考。')).toBeVisible();

	await page.goto(`${address}?act=extend`);
	await page.getByLabel('新的结束时间').fill('2027-01-01T12:00');
	await page.getByLabel('原因').fill('网络中断');
	await page.getByRole('button', { name: '延长' }).click();
	await expect(page.getByText('已延长，通知了2人。')).toBeVisible();
	await context.close();
});
