import { asc, eq } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import * as v from 'valibot';
import { examPapers, examSectionQuestions, examSections } from '#db/schema/exam-papers.ts';
import * as schemas from '#lib/schemas/exam-papers.ts';
import { checkBlueprint } from '#lib/server/exams/check-blueprint.ts';
import { listPapers } from '#lib/server/exams/queries.ts';
import { countAvailable, findSectionQuestions } from '#lib/server/exams/read-blueprint.ts';
import { removePaper, setPaper } from '#lib/server/exams/set-paper.ts';
import { moveSection, removeSection, setSection } from '#lib/server/exams/set-section.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { aBankQuestion } from '../../factories/bank.ts';
import { anExam, aPaper, aPublishedExam, asLegal } from '../../factories/exams.ts';
import { aSingle, aTrueFalse } from '../../factories/questions.ts';
import { aStatute } from '../../factories/statutes.ts';
import { test } from '../../setup/test.ts';

const section = (fields: Record<string, unknown>) =>
	v.parse(schemas.setSection, { title: '单项选择题', kind: 'single', points: '2', count: '5', ...fields });

async function aDraft(base: Context, values: Partial<Parameters<typeof anExam>[1]> = {}) {
	const ctx = await asLegal(base);
	const exam = await anExam(ctx, values);
	const paperId = await aPaper(ctx, exam, [{ title: '一' }]);
	return { ctx, exam, paperId, at: { examId: exam.id, paperId } };
}

const sectionsOf = ({ db }: Context, paperId: string) =>
	db.select().from(examSections).where(eq(examSections.paperId, paperId)).orderBy(asc(examSections.position));

describe('a drawn section', () => {
	test('keeps laws, chapters, articles however they are typed, difficulty, tags and topic', async ({ ctx: base }) => {
		const { ctx, at } = await aDraft(base);
		const statute = await aStatute(ctx);
		const [, article] = statute.articles;
		const id = await setSection(
			ctx,
			section({
				...at,
				statutes: [statute.slug],
				articles: `《${statute.title['zh-CN']}》第二条，${statute.slug}/2`,
				difficultyFrom: '4',
				difficultyTo: '2',
				tags: '窗口 时效',
				topic: '入职与合同',
				unseenFirst: 'on'
			})
		);
		const [row] = await ctx.db.select().from(examSections).where(eq(examSections.id, id));
		expect(row).toMatchObject({ position: 2, count: 5, points: 2, fixed: false, unseenFirst: true });
		expect(row!.filter).toEqual({
			statutes: [statute.slug],
			articles: [`${statute.slug}/${article!.number}`],
			difficulty: { from: 2, to: 4 },
			tags: ['窗口', '时效'],
			topic: '入职与合同'
		});
	});

	test('names only what exists', async ({ ctx: base }) => {
		const { ctx, at } = await aDraft(base);
		await expect(setSection(ctx, section({ ...at, statutes: ['no-such-law'] }))).rejects.toMatchObject({
			code: 'section.unknown-place',
			field: 'statutes'
		});
		await expect(setSection(ctx, section({ ...at, articles: '无此法第一条' }))).rejects.toMatchObject({
			code: 'section.unknown-article',
			field: 'articles'
		});
	});

	test('says how many questions fit before it is saved, and how many are short afterwards', async ({ ctx: base }) => {
		const { ctx, exam, paperId, at } = await aDraft(base);
		for (let made = 0; made < 7; made++) await aBankQuestion(ctx, aSingle({ stem: `第${made}题` }), { tags: ['七题'] });
		const choice = v.parse(schemas.countAvailable, { kind: 'single', tags: '七题' });
		expect(await countAvailable(ctx, exam.id, choice)).toBe(7);

		await removeSection(ctx, { examId: exam.id, sectionId: (await sectionsOf(ctx, paperId))[0]!.id });
		await setSection(ctx, section({ ...at, tags: '七题', count: '10' }));
		const [feasibility] = await checkBlueprint(ctx, exam, await listPapers(ctx, exam.id));
		expect(feasibility).toMatchObject({ feasible: false, sections: [{ wanted: 10, available: 7, missing: 3 }] });
	});
});

describe('a fixed section', () => {
	test('lists questions by code, in order, once each', async ({ ctx: base }) => {
		const { ctx, at } = await aDraft(base);
		const [a, b] = [await aBankQuestion(ctx), await aBankQuestion(ctx)];
		const id = await setSection(ctx, section({ ...at, fixed: 'on', codes: `${b.code}\n${a.code}，${b.code}` }));
		const listed = await ctx.db
			.select()
			.from(examSectionQuestions)
			.where(eq(examSectionQuestions.sectionId, id))
			.orderBy(asc(examSectionQuestions.position));
		expect(listed.map(({ questionId }) => questionId)).toEqual([b.id, a.id]);
		expect((await ctx.db.select().from(examSections).where(eq(examSections.id, id)))[0]!.count).toBe(2);
	});

	test('refuses codes that nobody knows, of another kind, and questions that were shown explained', async ({
		ctx: base
	}) => {
		const { ctx, at } = await aDraft(base);
		const judged = await aBankQuestion(ctx, aTrueFalse());
		const seen = await aBankQuestion(ctx, undefined, { disclosedAt: ctx.now });
		const listing = (codes: string) => setSection(ctx, section({ ...at, fixed: 'on', codes }));
		await expect(listing('q-999999')).rejects.toMatchObject({
			code: 'section.unknown-code',
			field: 'codes',
			values: { codes: 'q-999999' }
		});
		for (const { code } of [judged, seen])
			await expect(listing(code)).rejects.toMatchObject({ code: 'section.unfit-code', values: { codes: code } });
	});

	test('an open-book exam may ask what was shown explained', async ({ ctx: base }) => {
		const { ctx, at } = await aDraft(base, { closedBook: false });
		const seen = await aBankQuestion(ctx, undefined, { disclosedAt: ctx.now });
		await expect(setSection(ctx, section({ ...at, fixed: 'on', codes: seen.code }))).resolves.toBeTruthy();
	});

	test('questions are found by code, by what they ask, by tag; none that the exam may not ask', async ({
		ctx: base
	}) => {
		const { ctx, exam } = await aDraft(base);
		const found = await aBankQuestion(ctx, aSingle({ stem: '试用期最长多久？' }), { tags: ['试用期标签'] });
		await aBankQuestion(ctx, aSingle({ stem: '试用期最长多久，旧题？' }), { disclosedAt: ctx.now });
		for (const q of [found.code, '试用期最长', '试用期标签'])
			expect(await findSectionQuestions(ctx, exam, { kind: 'single', q })).toMatchObject([{ code: found.code }]);
		expect(await findSectionQuestions(ctx, exam, { kind: 'multiple', q: '试用期' })).toEqual([]);
	});
});

test('sections move past each other and keep their places at the edges', async ({ ctx: base }) => {
	const { ctx, at, paperId } = await aDraft(base);
	const second = await setSection(ctx, section({ ...at, title: '二' }));
	const third = await setSection(ctx, section({ ...at, title: '三' }));
	await moveSection(ctx, { examId: at.examId, sectionId: third, up: true });
	await moveSection(ctx, { examId: at.examId, sectionId: second, up: false });
	expect((await sectionsOf(ctx, paperId)).map(({ title }) => title)).toEqual(['一', '三', '二']);
	await setSection(ctx, section({ ...at, sectionId: third, title: '第三' }));
	expect((await sectionsOf(ctx, paperId)).map(({ title }) => title)).toEqual(['一', '第三', '二']);
});

test('papers are named for ranks and levels, and removed with their sections', async ({ ctx: base }) => {
	const { ctx, exam } = await aDraft(base);
	const leaders = { examId: exam.id, name: 'B卷', ranks: [], levels: ['division-chief' as const] };
	const paperId = await setPaper(ctx, leaders);
	await setPaper(ctx, { ...leaders, paperId, name: '领导干部卷' });
	await setSection(ctx, section({ examId: exam.id, paperId }));
	const [row] = await ctx.db.select().from(examPapers).where(eq(examPapers.id, paperId));
	expect(row).toMatchObject({ name: '领导干部卷', position: 2, levels: ['division-chief'] });
	await removePaper(ctx, { examId: exam.id, paperId });
	expect(await sectionsOf(ctx, paperId)).toEqual([]);
});

test('nothing of a blueprint changes once the exam is published, nor through another exam', async ({ ctx: base }) => {
	const { exam } = await aPublishedExam(base);
	const { ctx, at, paperId } = await aDraft(base);
	const [own] = await sectionsOf(ctx, paperId);
	await expect(setSection(ctx, section({ ...at, examId: exam.id }))).rejects.toMatchObject({ code: 'exam.not-draft' });
	const other = await anExam(ctx);
	await expect(setSection(ctx, section({ ...at, examId: other.id }))).rejects.toMatchObject({
		code: 'paper.not-found'
	});
	await expect(removeSection(ctx, { examId: other.id, sectionId: own!.id })).rejects.toMatchObject({
		code: 'section.not-found'
	});
});
