import { addMarker } from '#lib/server/exams/marking/change-markers.ts';
import { workOutStatistics } from '#lib/server/exams/statistics/work-out.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { aBankQuestion } from '../factories/bank.ts';
import { aPublishedExam, asLegal, aSitting } from '../factories/exams.ts';
import { aMendedVersion, answersOf, aWrittenExam } from '../factories/marking.ts';
import { aPerson } from '../factories/people.ts';
import { aSingle } from '../factories/questions.ts';
import { aUnit } from '../factories/units.ts';
import { expect, test } from './test.ts';

test.use({ javaScriptEnabled: false });

/** The day before: what was sat then is over now. */
const before = (ctx: Context): Context => ({ ...ctx, now: new Date(ctx.now.getTime() - 86_400_000) });

test('an essay is marked by two, released, appealed and answered', async ({ page, ctx, signIn }) => {
	const unit = await aUnit(ctx, { name: '执法监督处' });
	const { exam, candidates } = await aWrittenExam(before(ctx), {
		unit,
		of: unit,
		candidates: 1,
		questions: 1,
		secondMarkerShare: 100,
		reviewAfterClose: 'answers'
	});
	const [writer] = candidates;
	const attemptId = await aSitting(before(ctx), exam, writer!);
	const [first, second] = [await aPerson(ctx, { unit }), await aPerson(ctx, { unit })];
	for (const { staffNumber } of [first, second]) await addMarker(await asLegal(ctx), { examId: exam.id, staffNumber });
	const base = `/manage/exams/${exam.id}`;

	await signIn(page, first);
	await page.goto(`${base}/marking`);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('还有1份答案待评，涉及1份答卷');
	await page.getByRole('button', { name: '领取下一份答案' }).click();
	await expect(page.locator('main')).not.toContainText(writer!.name);
	await page.getByLabel('说出证据').fill('9');
	await page.getByRole('button', { name: '存为草稿' }).click();
	await expect(page.getByText('给出0至6.67分。')).toBeVisible();
	await page.getByLabel('说出证据').fill('5');
	await page.getByRole('button', { name: '存为草稿' }).click();
	await expect(page.getByText('草稿已保存')).toBeVisible();
	await page.getByRole('button', { name: '定稿，评下一份' }).click();
	await expect(page.getByText('定稿前每个要点都要给分。')).toBeVisible();
	await page.getByLabel('说出责任').fill('1');
	await page.getByRole('button', { name: '定稿，评下一份' }).click();
	await expect(page.getByText('没有等你评阅的答案了')).toBeVisible();

	await signIn(page, second);
	await page.goto(`${base}/marking`);
	await page.getByRole('button', { name: '领取下一份答案' }).click();
	await page.getByLabel('说出证据').fill('5');
	await page.getByLabel('说出责任').fill('2');
	await page.getByRole('button', { name: '定稿，评下一份' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('1份答案都已评完');

	await signIn(page, 'legal', unit);
	await page.goto(`${base}/results`);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('成绩尚未发布，实考1人');
	await page.getByRole('button', { name: '向1人发布成绩' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('成绩已发布：实考1人，合格1人');

	await signIn(page, writer!);
	await page.goto(`/exams/${exam.id}/papers/${attemptId}`);
	await page.getByText('申请复核这道题').click();
	await page.getByLabel('理由').fill('第二个要点已经写明');
	await page.getByRole('button', { name: '提交复核申请' }).click();
	await expect(page.getByText('复核申请待答复')).toBeVisible();

	await signIn(page, 'legal', unit);
	await page.goto(`${base}/appeals`);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('1件复核申请待答复');
	await page.getByLabel('改判').check();
	await page.getByRole('textbox', { name: '新的得分' }).fill('8');
	await page.getByRole('textbox', { name: '答复' }).fill('要点成立，补给分数');
	await page.getByRole('button', { name: '答复申请' }).click();
	await expect(page.getByText('改判：6.5分改为8分')).toBeVisible();
	await page.goto(`${base}/results?person=${writer!.id}`);
	await expect(page.getByText('8 / 10分')).toBeVisible();
});

test('a mended key is previewed with the people it turns, then applied', async ({ page, ctx, signIn }) => {
	const unit = await aUnit(ctx);
	for (let made = 0; made < 2; made++)
		await aBankQuestion(ctx, aSingle({ articles: [], stem: `第${made + 1}问：从哪天起？` }), { unit });
	const { exam, candidates } = await aPublishedExam(before(ctx), {
		unit,
		of: unit,
		bank: 0,
		candidates: 2,
		passMark: 100,
		excellentMark: 100,
		sections: [{ count: 2 }]
	});
	const attemptId = await aSitting(before(ctx), exam, candidates[0]!);
	await aSitting(before(ctx), exam, candidates[1]!, { wrong: 2 });
	const [answer] = await answersOf(ctx, attemptId);
	const { kind: _, ...content } = aSingle({ articles: [], key: ['A'] });
	await aMendedVersion(ctx, answer!.questionId, { kind: 'single', ...content });
	await workOutStatistics(ctx, exam.id);

	await signIn(page, 'legal', unit);
	await page.goto(`/manage/exams/${exam.id}/statistics`);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('参考率100.0%，合格率50.0%');
	await page.goto(`/manage/exams/${exam.id}/key/${answer!.questionId}`);
	await page.getByLabel('只认新答案').check();
	await page.getByLabel('理由').fill('第七条规定自用工之日起');
	await page.getByRole('button', { name: '预览影响' }).click();
	await expect(page.getByRole('row', { name: candidates[0]!.name })).toContainText('不合格');
	await page.getByRole('button', { name: /^更正\d人的分数$/ }).click();
	await expect(page.getByRole('heading', { name: '更正记录' })).toBeVisible();
	await expect(page.getByText('第七条规定自用工之日起')).toBeVisible();
	await page.goto(`/manage/exams/${exam.id}/results`);
	await expect(page.getByRole('row', { name: candidates[0]!.name })).toContainText('不合格');
});
