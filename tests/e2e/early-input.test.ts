import type { Page } from '@playwright/test';
import { newId } from '#lib/server/platform/ids.ts';
import { aCourse } from '../factories/courses.ts';
import { anExam } from '../factories/exams.ts';
import { aTarget } from '../factories/hours.ts';
import { aPerson } from '../factories/people.ts';
import { aSingle } from '../factories/questions.ts';
import { aReport } from '../factories/unit-reports.ts';
import { aUnit, theProvince } from '../factories/units.ts';
import { isSaved } from './steps/reports.ts';
import { expect, test } from './test.ts';

/** Keeps the script of every page back until it is let. */
async function holdScript(page: Page): Promise<() => void> {
	const { promise: isLet, resolve: letScript } = Promise.withResolvers<void>();
	await page.route('**/_app/immutable/**/*.js', async (route) => {
		await isLet;
		await route.continue();
	});
	return letScript;
}

test('what is ticked, chosen and typed before the script has begun stays', async ({ page, ctx, signIn }) => {
	const legal = await signIn(page, 'legal');
	const below = await aUnit(ctx, { below: legal.unit, name: '青禾县人社局' });
	const exam = await anExam(ctx, { unit: legal.unit });
	const letScript = await holdScript(page);
	await page.goto(`/manage/exams/${exam.id}/candidates`);

	const unit = page.getByRole('checkbox', { name: below.name });
	await unit.check();
	await page.getByRole('checkbox', { name: '包括下级单位' }).uncheck();
	await page.getByText('只要其中某些职务层次或职级').click();
	await page.getByRole('checkbox', { name: '县处级正职' }).check();
	await page.getByLabel('粘贴工号').fill('A00001');
	letScript();

	await expect(page.locator('.pick-list').getByText(below.name)).toHaveCount(0); // those chosen stand above the list
	await expect(unit).toBeChecked();
	await expect(page.getByRole('checkbox', { name: '包括下级单位' })).not.toBeChecked();
	await expect(page.getByRole('checkbox', { name: '县处级正职' })).toBeChecked();
	await expect(page.getByLabel('粘贴工号')).toHaveValue('A00001');
});

test('rows ticked before the script has begun stay ticked, and are counted', async ({ page, ctx, signIn }) => {
	const hr = await signIn(page, 'hr');
	const person = await aPerson(ctx, { unit: hr.unit });
	const letScript = await holdScript(page);
	await page.goto('/manage/people');

	const row = page.getByRole('row').filter({ hasText: person.staffNumber }).getByRole('checkbox');
	await row.check();
	letScript();
	await expect(page.getByRole('region', { name: '已选' })).toContainText('已选1项');
	await expect(row).toBeChecked();
});

test('an answer chosen before the script has begun is saved', async ({ page, ctx, signIn }) => {
	await signIn(page, 'learner');
	const pool = () => [aSingle({ id: `s-${newId()}` })];
	const course = await aCourse(ctx, { lessons: 1, pool, pass: 1 });
	const letScript = await holdScript(page);
	await page.goto(`/courses/${course.slug}/${course.lessons[0]!.slug}/check`);
	await page.getByRole('button', { name: '开始测查' }).click();

	const answer = page.locator('#question input[value="B"]');
	await answer.check();
	letScript();
	await expect(page.locator('.receipt')).toContainText('已保存');
	await expect(answer).toBeChecked();
});

test('what is written into a report before the script has begun is saved without another key', async ({
	page,
	ctx,
	signIn
}) => {
	const { reportId, unit } = await aReport(ctx);
	await signIn(page, 'liaison', unit);
	const letScript = await holdScript(page);
	await page.goto(`/manage/reports/${reportId}/write`);
	await page.getByLabel('存在的不足和原因').fill('案卷评查覆盖不够。');
	letScript();
	await isSaved(page);
	await page.reload();
	await expect(page.getByLabel('存在的不足和原因')).toHaveValue('案卷评查覆盖不够。');
});

test('what is selected in a field before the script has begun stays selected', async ({ page, ctx, signIn }) => {
	await signIn(page, 'admin', await theProvince(ctx));
	const target = await aTarget(ctx, { words: ['没有这样的职务'], hours: 30 });
	const letScript = await holdScript(page);
	await page.goto(`/admin/settings/hours/${target.id}`);

	const hours = page.getByLabel('最低学时');
	await hours.selectText();
	letScript();
	await expect(hours).not.toHaveAttribute('value'); // the script has taken it over
	await page.keyboard.type('40');
	await expect(hours).toHaveValue('40');
});
