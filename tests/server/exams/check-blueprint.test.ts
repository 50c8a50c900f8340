import { expect } from 'vitest';
import { examSections } from '#db/schema/exam-papers.ts';
import { checkBlueprint } from '#lib/server/exams/check-blueprint.ts';
import { drawPaper } from '#lib/server/exams/draw-paper.ts';
import { listPapers } from '#lib/server/exams/queries.ts';
import { readPools } from '#lib/server/exams/section-pool.ts';
import { disclose } from '#lib/server/questions/disclose.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { aBankQuestion } from '#tests/factories/bank.ts';
import { anExam, aPaper } from '#tests/factories/exams.ts';
import { aSingle, aTrueFalse } from '#tests/factories/questions.ts';
import { test } from '#tests/setup/test.ts';

type Sections = Parameters<typeof aPaper>[2];

async function check(ctx: Context, sections: Sections, values: Parameters<typeof anExam>[1] = {}) {
	const exam = await anExam(ctx, values);
	await aPaper(ctx, exam, sections);
	const papers = await listPapers(ctx, exam.id);
	const [feasibility] = await checkBlueprint(ctx, exam, papers);
	return { exam, paper: papers[0]!, feasibility: feasibility! };
}

test('says how many a section wants, could have and misses', async ({ ctx }) => {
	for (let made = 0; made < 7; made++) await aBankQuestion(ctx);
	const { feasibility } = await check(ctx, [{ count: 10, points: 2 }]);
	expect(feasibility).toMatchObject({ feasible: false, sections: [{ wanted: 10, available: 7, missing: 3 }] });
	expect((await check(ctx, [{ count: 7, points: 2 }])).feasibility).toMatchObject({ feasible: true, total: 14 });
});

test('counts by kind, difficulty and tag, and none that a closed-book exam may not ask', async ({ ctx }) => {
	await aBankQuestion(ctx, aTrueFalse());
	await aBankQuestion(ctx, aSingle({ difficulty: 5 }), { tags: ['工资'] });
	const explained = await aBankQuestion(ctx, aSingle({ difficulty: 5 }), { tags: ['工资'] });
	await disclose(ctx, [explained.id]);
	const hard = { count: 1, filter: { difficulty: { from: 4, to: 5 }, tags: ['工资'] } };
	expect((await check(ctx, [hard])).feasibility.sections).toMatchObject([{ available: 1, missing: 0 }]);
	expect((await check(ctx, [hard], { closedBook: false })).feasibility.sections).toMatchObject([{ available: 2 }]);
	expect((await check(ctx, [{ kind: 'true-false', count: 1 }])).feasibility.sections).toMatchObject([{ available: 1 }]);
});

test('two sections that want the same questions do not both have them', async ({ ctx }) => {
	for (let made = 0; made < 3; made++) await aBankQuestion(ctx);
	const { feasibility } = await check(ctx, [{ count: 2 }, { count: 2 }]);
	expect(feasibility.sections.map(({ available }) => available)).toEqual([3, 3]);
	expect(feasibility.sections.reduce((sum, { missing }) => sum + missing, 0)).toBe(1);
	expect(feasibility.feasible).toBe(false);
});

test('says the same as the draw: what is feasible can be drawn', async ({ ctx }) => {
	await aBankQuestion(ctx, undefined, { tags: ['甲'] });
	await aBankQuestion(ctx, undefined, { tags: ['乙'] });
	const { exam, paper, feasibility } = await check(ctx, [{ count: 1 }, { count: 1, filter: { tags: ['甲'] } }]);
	expect(feasibility.feasible).toBe(true);
	const pools = await readPools(ctx, exam, paper.sections);
	const draw = { lastSeen: new Map(), shuffleQuestions: true, shuffleOptions: true };
	for (const seed of ['1', '2', '3']) {
		const sections = paper.sections.map(({ id }) => pools.get(id)!);
		expect(drawPaper({ ...draw, sections, seed })).toHaveLength(2);
	}
});

test('an exam without sections is not feasible', async ({ ctx }) => {
	const exam = await anExam(ctx);
	await aPaper(ctx, exam);
	await ctx.db.delete(examSections);
	const papers = await listPapers(ctx, exam.id);
	expect(await checkBlueprint(ctx, exam, papers)).toMatchObject([{ feasible: false, total: 0 }]);
});
