import { addMarker } from '#lib/server/exams/marking/change-markers.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { asLegal, aSitting } from '../factories/exams.ts';
import { aWrittenExam } from '../factories/marking.ts';
import { aPerson } from '../factories/people.ts';
import { aUnit } from '../factories/units.ts';
import { expect, test } from './test.ts';

/** The day before: what was sat then is over now. */
const before = (ctx: Context): Context => ({ ...ctx, now: new Date(ctx.now.getTime() - 86_400_000) });

test('what a marker types is kept as a draft by itself, and also when the page is left at once', async ({
	page,
	ctx,
	signIn
}) => {
	const unit = await aUnit(ctx);
	const { exam, candidates } = await aWrittenExam(before(ctx), { unit, of: unit, candidates: 1, questions: 1 });
	await aSitting(before(ctx), exam, candidates[0]!);
	const marker = await aPerson(ctx, { unit });
	await addMarker(await asLegal(ctx), { examId: exam.id, staffNumber: marker.staffNumber });

	await signIn(page, marker);
	await page.goto(`/manage/exams/${exam.id}/marking`);
	await page.getByRole('button', { name: '领取下一份答案' }).click();
	const [evidence, duty] = [page.getByLabel('说出证据'), page.getByLabel('说出责任')];
	await evidence.fill('9');
	await expect(page.getByRole('status').filter({ hasText: '没有保存：先改正分数' })).toBeVisible();
	await evidence.fill('5');
	await expect(page.getByRole('status').filter({ hasText: '保存于' })).toBeVisible();
	await page.reload();
	await expect(evidence).toHaveValue('5');

	const kept = page.waitForResponse((response) => response.url().includes('?/draft') && response.ok());
	await duty.fill('2');
	await page.getByRole('link', { name: '阅卷' }).first().click();
	await kept;
	await page.getByRole('button', { name: '领取下一份答案' }).click();
	await expect(duty).toHaveValue('2');
	await expect(evidence).toHaveValue('5');
});
