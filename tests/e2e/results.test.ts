import excel from 'exceljs';
import { aResult } from '../factories/assessments.ts';
import { aPerson } from '../factories/people.ts';
import { aUnit, theProvince } from '../factories/units.ts';
import { expect, test } from './test.ts';

test.use({ javaScriptEnabled: false });

test('HR makes a scheme, tries it on last year’s data, and adopts it', async ({ page, ctx, signIn }) => {
	await signIn(page, 'hr', await theProvince(ctx));
	await page.goto('/manage/schemes');
	await page.getByLabel('年度', { exact: true }).selectOption('2027');
	await page.getByRole('button', { name: '新建草案' }).click();
	await page.getByLabel('名称').fill('2027年度学法考核方案（试行）');
	const hours = page.getByRole('group', { name: '学时', exact: true });
	await hours.getByLabel('权重（%）').fill('10');
	await page.getByRole('button', { name: '保存草案' }).click();
	await expect(page.getByText('写明准许计分的文件。')).toBeVisible();
	await hours.getByLabel('权重（%）').fill('');
	await page.getByLabel('合格（分以上）').fill('40');
	await page.getByRole('button', { name: '保存草案' }).click();

	await page.getByRole('link', { name: '试算' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toContainText('在2026年度数据上试算');
	await expect(page.getByRole('table', { name: '等次变化' })).toBeVisible();
	await page.goBack();
	await page.getByRole('link', { name: '采用' }).click();
	await page.getByRole('dialog').getByRole('button', { name: '采用' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('2027年度学法考核方案（试行），已采用');
	await expect(page.getByRole('button', { name: '保存草案' })).toHaveCount(0);
});

test('the committee’s sheet goes out with notes, and its grades come back', async ({ page, ctx, signIn }) => {
	const unit = await aUnit(ctx);
	const person = await aPerson(ctx, { unit, name: '何以安' });
	const result = await aResult(ctx, { person, state: 'closed' });
	await signIn(page, 'hr', unit);
	const address = `/manage/results/${result.cycleId}`;
	const exported = await page.request.get(`${address}/committee`);
	const workbook = new excel.Workbook();
	await workbook.xlsx.load((await exported.body()) as unknown as ArrayBuffer);
	expect(workbook.worksheets[0]?.getRow(2).getCell(7).text).toContain('不宜评为“优秀”等次：必修课未学完');

	await page.goto(`${address}/grades`);
	await page.getByLabel('文号').fill('临人社考〔2027〕1号');
	await page.getByLabel('确定日期').fill('2026-11-20');
	const sheet = `工号,姓名,年度考核等次\n${person.staffNumber},何以安,称职\nX9,某某,优秀`;
	await page.getByLabel('等次表').setInputFiles({ name: '等次.csv', mimeType: 'text/csv', buffer: Buffer.from(sheet) });
	await page.getByRole('button', { name: '读取并预览' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('1人可写入，1行不写入');
	await page.getByRole('button', { name: '写入1人的等次' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toContainText('已录入1人');
	await page.goto(`${address}/${result.id}`);
	await expect(page.getByText('临人社考〔2027〕1号')).toBeVisible();
});
