import { aCourse } from '../factories/courses.ts';
import { aTarget, someHours } from '../factories/hours.ts';
import { aPerson } from '../factories/people.ts';
import { aUnit, theProvince } from '../factories/units.ts';
import { expect, test } from './test.ts';

test('HR sees who is below a target, opens the ledger behind the figure and takes an entry back with a reason', async ({
	page,
	ctx,
	signIn
}) => {
	const unit = await aUnit(ctx);
	await signIn(page, 'hr', unit);
	const person = await aPerson(ctx, { unit, name: '温如初', rank: 'clerk-1' });
	const course = await aCourse(ctx, { title: { 'zh-CN': '劳动合同法', en: 'Labour Contract Law' } });
	await someHours(ctx, { personId: person.id, unitId: unit.id, source: 'course', sourceId: course.id, hours: 12 });

	await page.goto('/manage/hours?sort=-hours');
	await expect(page.getByRole('heading', { level: 1 })).toContainText('2人中2人未达到学时目标');
	const row = page.getByRole('row', { name: /温如初/ });
	await expect(row).toContainText('科级及以下 12/90，差78');
	await expect(row).toContainText('线上学习 12/50，差38');

	await row.getByRole('link', { name: '温如初：12学时，看明细' }).click();
	await page.getByRole('link', { name: '冲销“劳动合同法”12学时' }).click();
	await page.getByLabel('原因').fill('签到表核对后不属实');
	await page.getByRole('button', { name: '冲销' }).click();
	await expect(page.getByText('原因：签到表核对后不属实')).toBeVisible();
	await expect(page.getByRole('row', { name: /科级及以下/ })).toContainText('差90学时');

	await signIn(page, person);
	await page.goto('/record');
	await expect(page.getByText('原因：签到表核对后不属实')).toBeVisible();
});

test('an administrator changes a target from a year on, and its history stays', async ({ page, ctx, signIn }) => {
	await signIn(page, 'admin', await theProvince(ctx));
	const target = await aTarget(ctx, {
		name: { 'zh-CN': '窗口人员', en: 'Counter staff' },
		words: ['没有这样的职务'],
		hours: 30
	});
	await page.goto(`/admin/settings/hours/${target.id}`);
	await page.getByLabel('最低学时').fill('40');
	await page.getByLabel('从哪一年起').fill('2025');
	await page.getByRole('button', { name: '保存目标' }).click();
	await expect(page.getByText('往年的目标不能改，只能从今年起。')).toBeVisible();
	await page.getByLabel('从哪一年起').fill('2026');
	await page.getByRole('button', { name: '保存目标' }).click();
	await expect(page.getByRole('row', { name: /窗口人员/ }).filter({ hasText: '每年40学时' })).toContainText('2026年起');
	await expect(page.getByRole('row', { name: /窗口人员/ }).filter({ hasText: '每年30学时' })).toContainText(
		'2023年至2025年'
	);
});
