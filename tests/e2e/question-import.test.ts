import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { and, eq } from 'drizzle-orm';
import { auditEntries } from '#db/schema/audit.ts';
import { questionDrafts, questionImports, questions } from '#db/schema/questions.ts';
import { aBankQuestion } from '../factories/bank.ts';
import { aSingle } from '../factories/questions.ts';
import { aStatute } from '../factories/statutes.ts';
import { expectNoBarrier } from './barriers.ts';
import { expect, test } from './test.ts';

async function upload(page: Page, name: string, text: string): Promise<void> {
	await page.goto('/manage/questions/import');
	await page.getByLabel('题目文件').setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });
	await page.getByRole('button', { name: '上传并预览' }).click();
}

test('an author imports questions: sees row by row what goes in, and nothing is written before confirming', async ({
	page,
	ctx,
	signIn
}) => {
	const author = await signIn(page, 'author');
	const statute = await aStatute(ctx, { short: { 'zh-CN': `导入法${author.staffNumber}`, en: 'Import Act' } });
	const mark = author.staffNumber;
	const own = () =>
		ctx.db
			.select({ kind: questions.kind, code: questions.code, articleIds: questionDrafts.articleIds })
			.from(questions)
			.innerJoin(
				questionDrafts,
				and(eq(questionDrafts.questionId, questions.id), eq(questionDrafts.authorId, author.id))
			);
	await page.goto('/manage/questions/import');
	await expectNoBarrier(page);

	const sheet = [
		'题型,题干,选项A,选项B,选项C,答案,解析,法条,难度,知识点,标签',
		`单选题,${mark}试用期最长几个月？,一个月,三个月,六个月,C,见条文,导入法${mark}第三条,2,试用期,新任`,
		`判断题,${mark}可以约定两次试用期。,,,,错,,,1,试用期,`,
		`单选题,${mark}没有答案的一题？,甲,乙,,,,,,,`,
		`单选题,${mark}引用不存在的条文？,甲,乙,,A,,没有这部法第九条,,,`,
		`计算题,${mark}算不了,,,,1,,,,,`
	].join('\r\n');
	await upload(page, '题目.csv', sheet);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('可以导入2题，3题不能导入');
	await expect(page.getByRole('row').filter({ hasText: '试用期最长' })).toContainText(/导入法.*第三条/);
	await expectNoBarrier(page);
	await page.getByRole('link', { name: /^不能导入/ }).click();
	await expect(page.getByRole('row').filter({ hasText: '第4行' })).toContainText('没有正确答案');
	await expect(page.getByRole('row').filter({ hasText: '第5行' })).toContainText('没有收录条文“没有这部法第九条”');
	await expect(page.getByRole('row').filter({ hasText: '第6行' })).toContainText('计算题放不进表格');
	await expectNoBarrier(page);
	expect(await own()).toEqual([]);

	await page.getByRole('button', { name: '导入2题' }).click();
	await expect(page.getByText('已导入2题，3题没有导入')).toBeVisible();
	const drafts = await own();
	expect(drafts.map(({ kind }) => kind).sort()).toEqual(['single', 'true-false']);
	expect(drafts.flatMap(({ articleIds }) => articleIds)).toEqual([statute.articles[2]!.id]);
	expect(await ctx.db.select().from(questionImports).where(eq(questionImports.createdBy, author.id))).toEqual([]);

	await upload(page, '题目.csv', sheet);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('可以导入0题，5题不能导入');
	await expect(page.getByText('题库里已有同样的题').first()).toBeVisible();
	await page.getByRole('button', { name: '放弃这个文件' }).click();
	await expect(page.getByText('已放弃，题库没有变动。')).toBeVisible();
});

test('a file that cannot be read is refused at its field', async ({ page, signIn }) => {
	await signIn(page, 'author');
	await upload(page, 'quiz.xml', '<!DOCTYPE quiz [<!ENTITY x SYSTEM "file:///etc/passwd">]><quiz>&x;</quiz>');
	await expect(page.getByText('XML里有DOCTYPE声明')).toBeVisible();
	await upload(page, 'letter.txt', '各位同事：');
	await expect(page.getByText('看不出文件是什么格式')).toBeVisible();
});

test('the legal division takes questions out: sees first what a format leaves behind', async ({
	page,
	ctx,
	signIn
}) => {
	const legal = await signIn(page, 'legal');
	const { code } = await aBankQuestion(ctx, aSingle(), { unit: legal.unit, topic: `导出${legal.staffNumber}` });
	await page.goto(`/manage/questions?topic=${encodeURIComponent(`导出${legal.staffNumber}`)}`);
	await page.getByRole('link', { name: '导出题目' }).click();
	await page.getByLabel('格式', { exact: true }).selectOption({ label: 'Aiken' });
	await page.getByRole('button', { name: '看看能带走什么' }).click();
	await expect(page.getByRole('row').filter({ hasText: '解析' }).first()).toContainText(code);
	await expectNoBarrier(page);

	await page.getByLabel('格式', { exact: true }).selectOption({ label: 'GIFT' });
	await page.getByRole('button', { name: '看看能带走什么' }).click();
	await expect(page.getByText('这些题全部都能带走。')).toBeVisible();
	const download = page.waitForEvent('download');
	await page.getByRole('link', { name: '下载1题' }).click();
	const text = await readFile(await (await download).path(), 'utf8');
	expect(text).toContain(`[id:${code}]`);
	const lines = await ctx.db
		.select()
		.from(auditEntries)
		.where(and(eq(auditEntries.action, 'question.exported'), eq(auditEntries.actorId, legal.id)));
	expect(lines.map(({ details }) => details)).toEqual([{ format: 'gift', count: 1 }]);
});
