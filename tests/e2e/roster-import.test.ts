import { request as httpRequest } from 'node:http';
import { readFile, truncate, writeFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import type { Page } from '@playwright/test';
import { eq } from 'drizzle-orm';
import { people } from '#db/schema/people.ts';
import { promotions } from '#db/schema/promotions.ts';
import { fieldNames } from '#lib/format/roster.ts';
import { rosterFields } from '#lib/schemas/roster.ts';
import { readTable } from '#lib/server/people/roster/read-table.ts';
import { aPerson } from '../factories/people.ts';
import { aRosterCsv, aRosterFile, type RosterLine } from '../factories/roster-files.ts';
import { expectNoBarrier } from './barriers.ts';
import { expect, test } from './test.ts';

const slow = { timeout: 20_000 };

async function upload(page: Page, file: string | { name: string; buffer: Buffer }): Promise<void> {
	await page.goto('/manage/people/import');
	const sent = typeof file === 'string' ? file : { ...file, mimeType: 'application/octet-stream' };
	await page.getByLabel('名册文件').setInputFiles(sent);
	await page.getByRole('button', { name: '上传并预览' }).click();
}

test('HR imports a roster: sees what is wrong, corrects a column, writes what was chosen, keeps the result', async ({
	page,
	ctx,
	signIn
}) => {
	test.slow();
	const hr = await signIn(page, 'hr');
	const rising = await aPerson(ctx, { unit: hr.unit, name: '程未央' });
	const number = (at: number) => `E${hr.staffNumber.slice(1)}${at}`;
	const lines: RosterLine[] = [
		{ staffNumber: number(1), name: '单既明', unitCode: hr.unit.code, title: '科员', startsOn: '2026年3月1日' },
		{
			staffNumber: number(2),
			name: '白景行',
			unitName: hr.unit.name,
			title: '科员',
			rank: '一级科员',
			startsOn: 46082
		},
		{
			staffNumber: rising.staffNumber,
			name: rising.name,
			title: '处长',
			leadershipLevel: '正处级',
			startsOn: '2026-06-01'
		},
		{ staffNumber: number(3), name: '江照晚', unitCode: 'NOWHERE', title: '科员', startsOn: '2026-03-01' },
		{ staffNumber: hr.staffNumber, name: '自己改的名' }
	];
	const headers = rosterFields.map((field) => (field === 'title' ? '岗位称谓' : fieldNames[field]()));
	await upload(page, { name: '花名册.xlsx', buffer: await aRosterFile(lines, headers) });

	await expect(page.getByRole('heading', { level: 1 })).toHaveText('0人新增，1人变更，4行有误', slow);
	await page.getByRole('link', { name: /^有误/ }).click();
	await expect(page.getByRole('row').filter({ hasText: '单既明' })).toContainText('职务：新任职要有这一项');
	await expectNoBarrier(page);

	await page.getByText('列的对应').click();
	await page.getByRole('combobox', { name: '职务', exact: true }).selectOption({ label: '第5列 岗位称谓' });
	await page.getByRole('button', { name: '按这样重新读取' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('2人新增，1人变更，2行有误', slow);
	await page.getByRole('link', { name: /^变更/ }).click();
	await expect(page.getByRole('row').filter({ hasText: '程未央' })).toContainText('县处级正职');
	await expect(page.getByText('其中1人提任领导职务')).toBeVisible();
	await expectNoBarrier(page);

	await page.getByRole('link', { name: /^新增/ }).click();
	await page.getByRole('checkbox', { name: /白景行/ }).uncheck();
	await expect(page.getByRole('button', { name: '写入2人' })).toBeVisible();
	await page.getByRole('button', { name: '写入2人' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('已写入2人', slow);
	await expectNoBarrier(page);

	const download = page.waitForEvent('download');
	await page.getByRole('link', { name: '下载结果（XLSX）' }).click();
	const { rows } = await readTable(await readFile(await (await download).path()));
	const outcomes = [];
	for await (const { cells } of rows) outcomes.push([cells[0], cells[3]]);
	expect(outcomes).toEqual([
		['2', '已新增'],
		['3', '未勾选'],
		['4', '已变更'],
		['5', '未写入'],
		['6', '未写入']
	]);
	expect(
		await ctx.db
			.select({ name: people.name })
			.from(people)
			.where(eq(people.staffNumber, number(1)))
	).toEqual([{ name: '单既明' }]);
	expect(
		await ctx.db.select({ toLevel: promotions.toLevel }).from(promotions).where(eq(promotions.personId, rising.id))
	).toEqual([{ toLevel: 'division-chief' }]);
});

test.describe('without a script', () => {
	test.use({ javaScriptEnabled: false });

	test('the same goes by forms and reloading', async ({ page, signIn }) => {
		const hr = await signIn(page, 'hr');
		const number = `N${hr.staffNumber.slice(1)}`;
		const lines = [1, 2].map((at) => ({
			staffNumber: `${number}${at}`,
			name: '单既明',
			unitCode: hr.unit.code,
			title: '科员',
			startsOn: '2026-03-01'
		}));
		await upload(page, { name: 'roster.csv', buffer: Buffer.from(aRosterCsv(lines)) });
		await expect(page.getByRole('heading', { level: 1 })).toHaveText('2人新增，0人变更，0行有误', slow);

		await page.getByRole('checkbox', { name: /第2行/ }).uncheck();
		await page.getByRole('button', { name: '保存本页勾选' }).click();
		await page.getByRole('button', { name: '写入1人' }).click();
		await expect(page.getByRole('heading', { level: 1 })).toHaveText('已写入1人', slow);
	});
});

for (const { name, begins, size, says } of [
	{ name: 'picture.xlsx', begins: '89504e470d0a1a0a0000000d4948445200000001', size: 20, says: '读不出文字' },
	{ name: 'old.xlsx', begins: 'd0cf11e0a1b11ae100', size: 9, says: '旧版.xls' },
	{ name: 'huge.csv', begins: '31', size: 33 * 2 ** 20, says: '文件超过32 MB' }
]) {
	test(`refuses ${name} with a sentence`, async ({ page, signIn }, info) => {
		const file = info.outputPath(name);
		await signIn(page, 'hr');
		await writeFile(file, Buffer.from(begins, 'hex'));
		await truncate(file, size); // handed over by its path: no test sends 33 MB to its own browser
		await upload(page, file);
		await expect(page.getByText(says)).toBeVisible(slow);
	});
}

test('does not wait for a gigabyte that somebody announces', async ({ page, signIn }) => {
	await signIn(page, 'hr');
	const cookies = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
	const origin = process.env.E2E_URL ?? '';
	const headers = {
		cookie: cookies,
		origin,
		accept: 'text/html',
		'content-type': 'multipart/form-data; boundary=b',
		'content-length': String(2 ** 30)
	};
	const { status, body } = await new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
		const request = httpRequest(`${origin}/manage/people/import`, { method: 'POST', headers }, async (response) => {
			resolve({ status: response.statusCode, body: (await buffer(response)).toString() });
			request.destroy();
		});
		request.on('error', reject);
		request.write('--b\r\n');
	});
	expect(status).toBe(400);
	expect(body).toContain('文件超过32 MB');
});

test('offers the template in both forms', async ({ page, signIn }) => {
	await signIn(page, 'hr');
	await page.goto('/manage/people/import');
	await expectNoBarrier(page);
	for (const format of ['xlsx', 'csv']) {
		const { headers } = await readTable(
			await (await page.request.get(`/manage/people/import/template?format=${format}`)).body()
		);
		expect(headers).toEqual(rosterFields.map((field) => fieldNames[field]()));
	}
});
