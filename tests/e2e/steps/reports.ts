import { readFile } from 'node:fs/promises';
import { expect, type Page } from '@playwright/test';
import { readArchive } from '#lib/server/platform/tables/read-archive.ts';

const heading = (page: Page) => page.getByRole('heading', { level: 1 });

/** Asks for the reports of a year, by a work plan, as somebody of the legal division. @returns address of the round */
export async function askForReports(page: Page, year: number, planId: string): Promise<string> {
	await page.goto(`/manage/reports/new?year=${year}`);
	await expect(page.getByLabel('县局')).toHaveValue(`${year + 1}-01-15`);
	await page.getByLabel('按哪个工作计划').selectOption(planId);
	await page.getByRole('button', { name: '部署年度报告' }).click();
	await page.waitForURL('**/manage/reports/cycles/*');
	return new URL(page.url()).pathname;
}

/** Where the report of a unit is, from the page of its round. */
export const reportOf = async (page: Page, unit: string) =>
	(await page.getByRole('link', { name: unit, exact: true }).getAttribute('href'))!;

/** Whatever was typed is kept on the server. */
export const isSaved = (page: Page, at: RegExp = /^已保存/) =>
	expect(page.getByRole('status').filter({ hasText: at }).first()).toBeVisible({ timeout: 15_000 });

/** Hands a report in that is written. */
export async function handIn(page: Page, report: string): Promise<void> {
	await page.goto(report);
	await page.getByRole('link', { name: '报送', exact: true }).click();
	await page.getByRole('button', { name: '报送', exact: true }).click();
	await expect(heading(page)).toHaveText('报告已报送，等待审核');
}

/** Accepts a report that was handed in. */
export async function accept(page: Page, report: string): Promise<void> {
	await page.goto(report);
	await page.getByRole('link', { name: '审核通过' }).click();
	await page.getByRole('button', { name: '审核通过' }).click();
	await expect(heading(page)).toHaveText('报告已审核通过');
}

/** The text of a Word document that a link of the page saves. */
export async function wordOf(page: Page, link: string): Promise<string> {
	const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: link }).click()]);
	expect(download.suggestedFilename()).toMatch(/\.docx$/);
	const archive = await readArchive(await readFile(await download.path()), {
		...{ parts: 200, unpacked: 2 ** 26, ratio: 500 }
	});
	return (await archive.text('word/document.xml')).replace(/<[^>]+>/g, '');
}
