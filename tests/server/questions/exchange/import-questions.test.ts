import { asc, eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { questionDrafts, questionImports, questions } from '#db/schema/questions.ts';
import { importQuestions } from '#lib/server/questions/exchange/import-questions.ts';
import { discardForgottenQuestions, getQuestionImport } from '#lib/server/questions/exchange/kept-imports.ts';
import { previewQuestions } from '#lib/server/questions/exchange/preview-questions.ts';
import { readQuestionFile } from '#lib/server/questions/formats/read-file.ts';
import { publishDraft } from '#lib/server/questions/publish-draft.ts';
import { submitDraft } from '#lib/server/questions/move-draft.ts';
import { aBankOffice } from '#tests/factories/bank.ts';
import { aQuestionImport } from '#tests/factories/question-imports.ts';
import { aStatute } from '#tests/factories/statutes.ts';
import { aUnit } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

const csv = (...rows: string[]) => Buffer.from(['题型,题干,选项A,选项B,选项C,答案,法条,案例', ...rows].join('\n'));
const readingOf = async (...rows: string[]) => (await readQuestionFile(csv(...rows), 'bank.csv')).reading;

test('finds articles by address and by every name that people give them, and says which it does not', async ({
	ctx
}) => {
	const { unit, author } = await aBankOffice(ctx);
	const title = { 'zh-CN': '中华人民共和国用工示例法', en: 'Model Employment Act' };
	await aStatute(ctx, { slug: 'model-act', title, short: { 'zh-CN': '示例法', en: 'Model Act' } });
	await aStatute(ctx, {
		slug: 'other-act',
		title: { 'zh-CN': '另一部法', en: 'Other' },
		short: { 'zh-CN': '同名', en: 'Same' }
	});
	await aStatute(ctx, {
		slug: 'third-act',
		title: { 'zh-CN': '第三部法', en: 'Third' },
		short: { 'zh-CN': '同名', en: 'Same' }
	});
	const reading = await readingOf(
		'判断题,一,,,,对,model-act/1,',
		'判断题,二,,,,对,示例法第二条,',
		'判断题,三,,,,对,《用工示例法》第三条第二款,',
		'判断题,四,,,,对,中华人民共和国用工示例法第4条,',
		'判断题,五,,,,对,"Model Act, Article 5",',
		'判断题,六,,,,对,示例法第九十条,',
		'判断题,七,,,,对,同名第一条,',
		'判断题,八,,,,对,第一条,'
	);
	const { ready, refused } = await previewQuestions(author, unit.id, reading);
	expect(ready.map(({ question }) => question.articles)).toEqual([
		['model-act/1'],
		['model-act/2'],
		['model-act/3'],
		['model-act/4'],
		['model-act/5']
	]);
	expect(refused.map(({ place, code }) => [place.line, code])).toEqual([
		[7, 'formats.article-unknown'],
		[8, 'formats.article-ambiguous'],
		[9, 'formats.article-unknown']
	]);
});

test('a case comes in with its questions, can be reviewed as one, and is known again', async ({ ctx }) => {
	const { unit, author, reviewer } = await aBankOffice(ctx);
	const reading = await readingOf(
		'案例题,郑某入职三个月没有签合同。,,,,,,c1',
		'判断题,公司可以再拖。,,,,错,,c1',
		'单选题,郑某可以主张什么？,二倍工资,罚款,,A,,c1',
		'判断题,另一题。,,,,对,,'
	);
	const input = { unitId: unit.id, authorId: author.actor.personId, use: 'both' as const, reading };
	const { imported, refused } = await importQuestions(author, input);
	expect(refused).toEqual([]);
	expect(imported).toHaveLength(2);
	const rows = await ctx.db.select().from(questions).where(eq(questions.unitId, unit.id)).orderBy(asc(questions.code));
	const [whole, ...parts] = rows;
	expect(whole).toMatchObject({ kind: 'case', use: 'both', code: imported[0]!.code });
	expect(parts.map(({ caseId, position, kind }) => [caseId, position, kind])).toEqual([
		[whole!.id, 1, 'true-false'],
		[whole!.id, 2, 'single'],
		[null, 0, 'true-false']
	]);

	await submitDraft(author, { questionId: whole!.id });
	await publishDraft(reviewer, { questionId: whole!.id });
	expect(await ctx.db.select().from(questionDrafts)).toHaveLength(1);
	const again = await importQuestions(author, input);
	expect(again.imported).toEqual([]);
	expect(again.refused.map(({ code, values }) => [code, values?.code])).toEqual([
		['formats.already-there', whole!.code],
		['formats.already-there', rows[3]!.code]
	]);
});

test('takes the same question once, also within one file, and nothing into a unit out of reach', async ({ ctx }) => {
	const { unit, author } = await aBankOffice(ctx);
	const elsewhere = await aUnit(ctx);
	const reading = await readingOf('判断题,同一题。,,,,对,,', '判断题,同一题。,,,,对,,', '判断题,同一题。,,,,错,,');
	const { ready, refused } = await previewQuestions(author, unit.id, reading);
	expect(ready).toHaveLength(2);
	expect(refused).toEqual([{ place: { line: 3 }, code: 'formats.twice' }]);
	const input = { unitId: elsewhere.id, authorId: author.actor.personId, use: 'exam' as const, reading };
	await expect(importQuestions(author, input)).rejects.toThrow('unit.not-found');
});

test('a kept file is for its uploader, and gone after a day', async ({ ctx }) => {
	const { unit, author, reviewer } = await aBankOffice(ctx);
	const { id } = await aQuestionImport(ctx, { unit, by: { id: author.actor.personId } });
	expect(await getQuestionImport(author, id)).toMatchObject({ format: 'gift', unitName: unit.name });
	await expect(getQuestionImport(reviewer, id)).rejects.toThrow('question-import.not-found');
	const later = (hours: number) => ({ ...ctx, now: new Date(ctx.now.getTime() + hours * 3_600_000) });
	await discardForgottenQuestions(later(23));
	expect(await ctx.db.select().from(questionImports)).toHaveLength(1);
	await discardForgottenQuestions(later(25));
	expect(await ctx.db.select().from(questionImports)).toEqual([]);
});
