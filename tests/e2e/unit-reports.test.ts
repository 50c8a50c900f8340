import type { Page } from '@playwright/test';
import { aReport, write } from '../factories/unit-reports.ts';
import { aUnit } from '../factories/units.ts';
import { moveTo, on } from './steps/clock.ts';
import { accept, handIn, isSaved, wordOf } from './steps/reports.ts';
import { expect, holderOf, test } from './test.ts';

const onTheFourteenth = on('2027-01-14');
const onTheTwentieth = on('2027-01-20');

test('several write one report and lose nothing; it is returned, handed in anew, accepted, compared and printed', async ({
	page,
	browser,
	ctx,
	signIn
}) => {
	test.setTimeout(120_000);
	const above = await aUnit(ctx, { kind: 'city' });
	const unit = await aUnit(ctx, { kind: 'county', name: '早县人社局', below: above });
	const { reportId, liaison, planId } = await aReport(ctx, { above, unit });
	await write({ ...liaison, now: onTheFourteenth }, { planId, reportId }, '已按计划完成。');
	const report = `/manage/reports/${reportId}`;
	const open = async (role: 'liaison' | 'hr') => {
		const context = await browser.newContext({ baseURL: process.env.E2E_URL ?? '', locale: 'zh-CN' });
		const other = await context.newPage();
		await moveTo(other, onTheFourteenth);
		await signIn(context, await holderOf(ctx, role, unit));
		await other.goto(`${report}/write`);
		return other;
	};

	const [writing, other] = [await open('liaison'), await open('hr')];
	const own = writing.getByLabel('存在的不足和原因');
	await other.getByLabel('存在的不足和原因').fill('案卷评查覆盖不够。');
	await isSaved(other);
	await own.fill('基层法制审核力量不足，需要补人。');
	await expect(writing.getByRole('alert')).toContainText('案卷评查覆盖不够。');
	await expect(writing.getByLabel('你写的：存在的不足和原因')).toHaveValue('基层法制审核力量不足，需要补人。');
	await writing.getByRole('button', { name: '两份都留，对方的在前' }).click();
	await expect(writing.getByRole('alert')).toBeHidden();
	await expect(own).toHaveValue('案卷评查覆盖不够。\n基层法制审核力量不足，需要补人。');
	await isSaved(writing);

	await writing.goto(`${report}/write#figures`);
	await writing.getByText('增加一个数据').first().click();
	await writing.getByLabel('数据', { exact: true }).fill('行政复议案件');
	await writing.getByLabel('数值').fill('3');
	await writing.getByLabel('来源').fill('复议台账');
	await writing.getByRole('button', { name: '增加一个数据' }).click();
	await expect(writing.getByRole('row', { name: /行政复议案件/ })).toContainText('复议台账');
	await handIn(writing, report);

	await moveTo(page, onTheTwentieth);
	await signIn(page, 'legal', above);
	await page.goto(report);
	await page.getByRole('link', { name: '退回' }).click();
	await page.getByLabel('审核意见').fill('下一年度安排请写明时限。');
	await page.getByLabel('重报截止日').fill('2027-01-31');
	await page.getByRole('button', { name: '退回' }).click();
	await expect(page.getByText('报告已退回')).toBeVisible();

	await moveTo(writing, onTheTwentieth);
	await signIn(writing, await holderOf(ctx, 'liaison', unit));
	await writing.goto(`${report}/write`);
	await writing.getByLabel('下一年度工作安排').fill('年底前完成证明事项清理。');
	await isSaved(writing, /^已保存\s*2027-01-20/);
	await writing.goto(report);
	await expect(writing.getByText('下一年度安排请写明时限。')).toBeVisible();
	await handIn(writing, report);

	await accept(page, report);
	await page.goto(`${report}/versions?from=1&to=2`);
	await expect(page.locator('ins').filter({ hasText: '清理' }).first()).toBeVisible();
	await page.goto(`${report}/print`);
	const word = await wordOf(page, '下载Word文档');
	for (const part of [
		'早县人社局2026年度依法行政工作报告',
		'一、各项工作的措施和成效',
		'（一）依法决策',
		'案卷评查覆盖不够。',
		'复议台账'
	])
		expect(word).toContain(part);
	await writing.context().close();
	await other.context().close();
});

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
