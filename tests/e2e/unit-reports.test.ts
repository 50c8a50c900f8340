import type { Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { readArchive } from '#lib/server/platform/tables/read-archive.ts';
import { listItems } from '#lib/server/unit-reports/plan/queries.ts';
import { saveSection } from '#lib/server/unit-reports/save-section.ts';
import { sectionsOf } from '#lib/server/unit-reports/sections.ts';
import { aPublishedPlan, aReport } from '../factories/unit-reports.ts';
import { aUnit } from '../factories/units.ts';
import { expect, holderOf, test } from './test.ts';

const inDecember = new Date('2026-12-20T02:00:00Z');
const onTheFourteenth = new Date('2027-01-14T02:00:00Z');
const onTheTwentieth = new Date('2027-01-20T02:00:00Z');
const inFebruary = new Date('2027-02-01T02:00:00Z');

const moveTo = (page: Page, instant: Date) => page.setExtraHTTPHeaders({ 'x-test-now': instant.toISOString() });

/** The text of a Word document that a link of the page saves. */
async function wordOf(page: Page, link: string): Promise<string> {
	const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: link }).click()]);
	expect(download.suggestedFilename()).toMatch(/\.docx$/);
	const archive = await readArchive(await readFile(await download.path()), {
		parts: 200,
		unpacked: 2 ** 26,
		ratio: 500
	});
	return (await archive.text('word/document.xml')).replace(/<[^>]+>/g, '');
}

test('reports of a year: asked for, one filed on 14 January and one on the 20th, returned, accepted, scored, printed', async ({
	page,
	browser,
	ctx,
	signIn
}) => {
	test.setTimeout(180_000);
	const city = await aUnit(ctx, { kind: 'city', name: '青溪市人力资源和社会保障局' });
	const punctual = await aUnit(ctx, { below: city, kind: 'county', name: '早县人社局' });
	const late = await aUnit(ctx, { below: city, kind: 'county', name: '晚县人社局' });
	const { planId } = await aPublishedPlan(ctx, { unit: city });
	await signIn(page, 'legal', city);
	const open = async (instant: Date) => {
		const context = await browser.newContext({ baseURL: process.env.E2E_URL ?? '', locale: 'zh-CN' });
		const other = await context.newPage();
		await moveTo(other, instant);
		return other;
	};

	await moveTo(page, inDecember);
	await page.goto('/manage/reports/new?year=2026');
	await expect(page.getByLabel('县局')).toHaveValue('2027-01-15');
	await page.getByLabel('按哪个工作计划').selectOption(planId);
	await page.getByRole('button', { name: '部署年度报告' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('2个单位还没有报送');
	const cycle = new URL(page.url()).pathname;
	const addressOf = async (unit: string) =>
		(await page.getByRole('link', { name: unit, exact: true }).getAttribute('href'))!;
	const [first, second] = [await addressOf('早县人社局'), await addressOf('晚县人社局')];

	const writing = await open(onTheFourteenth);
	const liaison = await signIn(writing.context(), await holderOf(ctx, 'liaison', punctual));
	await writing.goto(`${first}/write`);
	const own = writing.getByLabel('存在的不足和原因');
	await own.fill('基层法制审核力量不足。');
	await expect(
		writing
			.getByRole('status')
			.filter({ hasText: /^已保存/ })
			.first()
	).toBeVisible({ timeout: 15_000 });
	const other = await open(onTheFourteenth);
	await signIn(other.context(), await holderOf(ctx, 'hr', punctual));
	await other.goto(`${first}/write`);
	await other.getByLabel('存在的不足和原因').fill('案卷评查覆盖不够。');
	await expect(
		other
			.getByRole('status')
			.filter({ hasText: /^已保存/ })
			.first()
	).toBeVisible({ timeout: 15_000 });
	await own.fill('基层法制审核力量不足，需要补人。');
	await expect(writing.getByRole('alert')).toContainText('案卷评查覆盖不够。');
	await expect(writing.getByLabel('你写的：存在的不足和原因')).toHaveValue('基层法制审核力量不足，需要补人。');
	await writing.getByRole('button', { name: '两份都留，对方的在前' }).click();
	await expect(writing.getByRole('alert')).toBeHidden();
	await expect(own).toHaveValue('案卷评查覆盖不够。\n基层法制审核力量不足，需要补人。');

	const reportOf = (address: string) => address.split('/').at(-1)!;
	const asLiaison = {
		...ctx,
		actor: {
			personId: liaison.id,
			unitPath: punctual.path,
			grants: [{ role: 'liaison' as const, unitPath: punctual.path }]
		}
	};
	await expect(
		writing
			.getByRole('status')
			.filter({ hasText: /^已保存/ })
			.first()
	).toBeVisible({ timeout: 15_000 });
	await writeRest(asLiaison, planId, reportOf(first), ['shortcomings']);
	await writing.goto(`${first}/write#figures`);
	await writing.getByText('增加一个数据').first().click();
	await writing.getByLabel('数据', { exact: true }).fill('行政复议案件');
	await writing.getByLabel('数值').fill('3');
	await writing.getByLabel('来源').fill('复议台账');
	await writing.getByRole('button', { name: '增加一个数据' }).click();
	await expect(writing.getByRole('row', { name: /行政复议案件/ })).toContainText('复议台账');
	await writing.goto(first);
	await writing.getByRole('link', { name: '报送', exact: true }).click();
	await writing.getByRole('button', { name: '报送', exact: true }).click();
	await expect(writing.getByRole('heading', { level: 1 })).toHaveText('报告已报送，等待审核');

	const tardy = await open(onTheTwentieth);
	const slow = await signIn(tardy.context(), await holderOf(ctx, 'liaison', late));
	const asSlow = {
		...ctx,
		actor: { personId: slow.id, unitPath: late.path, grants: [{ role: 'liaison' as const, unitPath: late.path }] }
	};
	await writeRest(asSlow, planId, reportOf(second));
	await tardy.goto(second);
	await expect(tardy.getByRole('heading', { level: 1 })).toHaveText('已逾期5天');
	await tardy.getByRole('link', { name: '报送', exact: true }).click();
	await tardy.getByRole('button', { name: '报送', exact: true }).click();
	await expect(tardy.getByRole('heading', { level: 1 })).toHaveText('报告已报送，等待审核');

	await moveTo(page, onTheTwentieth);
	await page.goto(cycle);
	await expect(page.getByRole('row', { name: /晚县人社局/ })).toContainText('晚5天');
	await expect(page.getByRole('row', { name: /晚县人社局/ })).toContainText('扣0.5分');
	await page.goto(first);
	await page.getByRole('link', { name: '退回' }).click();
	await page.getByLabel('审核意见').fill('下一年度安排请写明时限。');
	await page.getByLabel('重报截止日').fill('2027-01-31');
	await page.getByRole('button', { name: '退回' }).click();
	await expect(page.getByText('报告已退回')).toBeVisible();

	await moveTo(writing, onTheTwentieth);
	await writing.goto(`${first}/write`);
	await writing.getByLabel('下一年度工作安排').fill('年底前完成证明事项清理。');
	await expect(
		writing
			.getByRole('status')
			.filter({ hasText: /^已保存\s*2027-01-20/ })
			.first()
	).toBeVisible({ timeout: 15_000 });
	await writing.goto(first);
	await expect(writing.getByText('下一年度安排请写明时限。')).toBeVisible();
	await writing.getByRole('link', { name: '报送', exact: true }).click();
	await writing.getByRole('button', { name: '报送', exact: true }).click();
	await expect(writing.getByRole('heading', { level: 1 })).toHaveText('报告已报送，等待审核');

	for (const address of [first, second]) {
		await page.goto(address);
		await page.getByRole('link', { name: '审核通过' }).click();
		await page.getByRole('button', { name: '审核通过' }).click();
		await expect(page.getByRole('heading', { level: 1 })).toHaveText('报告已审核通过');
	}
	await page.goto(`${first}/versions?from=1&to=2`);
	await expect(page.locator('ins').filter({ hasText: '清理' }).first()).toBeVisible();
	await page.goto(`${first}/print`);
	await expect(page.getByText('早县人社局2026年度依法行政工作报告')).toBeVisible();
	const word = await wordOf(page, '下载Word文档');
	for (const part of [
		'早县人社局2026年度依法行政工作报告',
		'一、各项工作的措施和成效',
		'（一）依法决策',
		'案卷评查覆盖不够。',
		'复议台账'
	])
		expect(word).toContain(part);
	await page.goto(`${cycle}/compiled`);
	const compiled = await wordOf(page, '下载Word文档');
	for (const part of ['汇编', '早县人社局', '晚县人社局', '合计']) expect(compiled).toContain(part);

	await moveTo(page, inFebruary);
	await page.goto('/manage/indicators/new');
	await page.getByLabel('年度', { exact: true }).fill('2026');
	await page.getByLabel('从工作计划的事项开始').selectOption(planId);
	await page.getByRole('button', { name: '建立草稿' }).click();
	await page.getByRole('link', { name: '发布指标' }).click();
	await page.getByRole('button', { name: '发布指标' }).click();
	await expect(page.getByRole('row', { name: /晚县人社局/ })).toContainText('−0.5');
	await expect(page.getByRole('row', { name: /早县人社局/ })).not.toContainText('−0.5');

	await moveTo(tardy, inFebruary);
	const sheet = await page.getByRole('link', { name: '晚县人社局' }).getAttribute('href');
	await tardy.goto(sheet!);
	await tardy.getByLabel('自评分：决策程序').fill('99');
	await tardy.getByRole('button', { name: '保存' }).first().click();
	await expect(tardy.getByText('这一项最多6分。')).toBeVisible();
	await writing.context().close();
	await other.context().close();
	await tardy.context().close();
});

/** Writes every section but these, as the person would. */
async function writeRest(ctx: SignedIn, planId: string, reportId: string, but: string[] = []) {
	for (const { key } of sectionsOf(await listItems(ctx, planId)))
		if (!but.includes(key))
			await saveSection(ctx, { reportId, section: key as 'next', version: 0, text: '已按计划完成。' });
}

test('without a script a draft is saved by its button, and what somebody else saved first is shown beside it', async ({
	browser,
	ctx,
	signIn
}) => {
	const { reportId, unit } = await aReport(ctx);
	const pageOf = async () => {
		const context = await browser.newContext({
			...{ baseURL: process.env.E2E_URL ?? '', javaScriptEnabled: false, locale: 'zh-CN' },
			extraHTTPHeaders: { 'x-test-now': onTheFourteenth.toISOString() }
		});
		await signIn(context, await holderOf(ctx, 'liaison', unit));
		const page = await context.newPage();
		await page.goto(`/manage/reports/${reportId}/write`);
		return page;
	};
	const [one, other] = [await pageOf(), await pageOf()];
	const editor = (page: Page) => page.locator('#section-next');
	await editor(one).getByRole('textbox').fill('先写的。');
	await editor(one).getByRole('button', { name: '保存' }).click();
	await expect(one.getByText('已保存。')).toBeVisible();
	await editor(other).getByRole('textbox').fill('后写的。');
	await editor(other).getByRole('button', { name: '保存' }).click();
	await expect(editor(other).getByRole('alert')).toContainText('先写的。');
	await expect(editor(other).getByRole('textbox')).toHaveValue('后写的。');
	await editor(other).getByRole('button', { name: '用我的' }).click();
	await expect(editor(other).getByRole('textbox')).toHaveValue('后写的。');
	await expect(other.getByRole('alert')).toHaveCount(0);
	await one.context().close();
	await other.context().close();
});
