import excel from 'exceljs';
import { aResult } from '../factories/assessments.ts';
import { aCompletion, aCourse } from '../factories/courses.ts';
import { anObligation } from '../factories/programmes.ts';
import { aPerson } from '../factories/people.ts';
import { aUnit } from '../factories/units.ts';
import { expect, test } from './test.ts';

test.use({ javaScriptEnabled: false });

test('HR proposes the results of a year, decides one with a reason, confirms the rest and exports them', async ({
	page,
	ctx,
	signIn
}) => {
	const unit = await aUnit(ctx, { name: '劳动关系处' });
	const hr = await signIn(page, 'hr', unit);
	const [diligent, late] = [await aPerson(ctx, { unit, name: '陈知微' }), await aPerson(ctx, { unit, name: '程未央' })];
	const course = await aCourse(ctx, { lessons: 1 });
	const completion = await aCompletion(ctx, { person: diligent, course });
	await anObligation(ctx, {
		person: diligent,
		course,
		dueOn: '2026-11-30',
		completionId: completion.id,
		completedAt: ctx.now
	});
	await anObligation(ctx, { person: late, course, dueOn: '2026-11-30' });

	await page.goto(`/manage/results?year=2026&unit=${hr.unit.id}`);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('2026年度学法结果：尚未起草');
	await page.getByRole('button', { name: '按规则起草结果' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('2026年度学法结果：还有2人待确认');

	await page.getByRole('link', { name: '程未央' }).click();
	await page.getByLabel('等次').selectOption('qualified');
	await page.getByRole('button', { name: '确认结果' }).click();
	await expect(page.getByText('与起草结果不同，写明理由。')).toBeVisible();
	await expect(page.getByLabel('等次')).toHaveValue('qualified');
	await page.getByLabel('理由').fill('七月至八月抽调办案');
	await page.getByRole('button', { name: '确认结果' }).click();
	await expect(page.getByText('七月至八月抽调办案')).toBeVisible();

	await page.goto(`/manage/results?year=2026&unit=${hr.unit.id}`);
	await page.getByRole('button', { name: '按起草结果确认全部1人' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('2026年度学法结果：全部已确认');

	const response = await page.request.get(`/manage/results/export?year=2026&unit=${hr.unit.id}`);
	const workbook = new excel.Workbook();
	await workbook.xlsx.load((await response.body()) as unknown as ArrayBuffer);
	const names = workbook.worksheets[0]?.getColumn(2).values.filter(Boolean);
	expect(names).toEqual(['姓名', '陈知微', '程未央']);
	expect(workbook.worksheets[0]?.getColumn(12).values.filter(Boolean)).toEqual(['确认等次', '优秀', '合格']);
});

test('a confirmed result is amended, and the first one stays in sight', async ({ page, ctx, signIn }) => {
	const unit = await aUnit(ctx);
	await signIn(page, 'hr', unit);
	const result = await aResult(ctx, { person: await aPerson(ctx, { unit }), year: 2026, confirmed: true });

	await page.goto(`/manage/results/${result.id}`);
	await page.getByLabel('等次').selectOption('excellent');
	await page.getByLabel('理由').fill('线下培训漏记一次');
	await page.getByRole('button', { name: '附加更正' }).click();
	await expect(page.getByText('由合格更正为优秀：线下培训漏记一次')).toBeVisible();
});
