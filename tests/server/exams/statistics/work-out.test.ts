import { and, eq, inArray } from 'drizzle-orm';
import { expect } from 'vitest';
import { examAnswers, examAttempts, examCandidates, examQuestionFigures, examStatistics } from '#db/schema/exams.ts';
import { exemptCandidate } from '#lib/server/exams/exempt-candidate.ts';
import { clearStale, markStale } from '#lib/server/exams/statistics/mark-stale.ts';
import type { QuestionFigures } from '#lib/server/exams/statistics/question-figures.ts';
import { addUpTurnout, byUnitBelow, readTurnout } from '#lib/server/exams/statistics/turnout.ts';
import { workOutStatistics } from '#lib/server/exams/statistics/work-out.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { aPublishedExam, asLegal, aSitting } from '#tests/factories/exams.ts';
import { theProvince } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';
import { alpha, mean, median, pearson, variance } from './naive.ts';

/** Eight people with 0 to 5 wrong answers. */
async function sat(ctx: Context) {
	const { exam, candidates } = await aPublishedExam(ctx, { candidates: 8, bank: 7 });
	const wrong = [0, 1, 1, 2, 3, 3, 4, 5];
	for (const [index, person] of candidates.entries()) await aSitting(ctx, exam, person, { wrong: wrong[index]! });
	return { exam, candidates, scores: wrong.map((each) => 10 - 2 * each) };
}

/** Every answer with the points of its paper, in the order of papers and slots. */
const everyAnswer = ({ db }: Context, examId: string) =>
	db
		.select({ answer: examAnswers, total: examAttempts.score })
		.from(examAnswers)
		.innerJoin(examAttempts, eq(examAttempts.id, examAnswers.attemptId))
		.where(and(eq(examAttempts.examId, examId), inArray(examAttempts.state, ['marked', 'released'])))
		.orderBy(examAnswers.attemptId, examAnswers.slot);

const expectClose = (one: number | null, other: number | null) =>
	one === null || other === null ? expect(one).toBe(other) : expect(Math.abs(one - other)).toBeLessThan(1e-9);

test('the figures of an exam agree with the textbook formulas over its rows', async ({ ctx }) => {
	const { exam, scores } = await sat(ctx);
	const { people, papers, distribution, ...figures } = await workOutStatistics(ctx, exam.id);
	const shares = scores.map((score) => score * 10);
	expect(people).toBe(8);
	expectClose(figures.mean, mean(shares));
	expectClose(figures.median, median(shares));
	expectClose(figures.standardDeviation, Math.sqrt(variance(shares)));
	expect(distribution).toEqual([1, 0, 1, 0, 2, 0, 1, 0, 2, 1]); // 0, 20, 40 40, 60, 80 80, 100

	const rows = await everyAnswer(ctx, exam.id);
	const table = [...Map.groupBy(rows, ({ answer }) => answer.attemptId).values()].map((paper) =>
		paper.map(({ answer }) => answer.score!)
	);
	const [paper] = papers;
	expect(paper).toMatchObject({ people: 8, isFixed: false });
	expectClose(paper!.mean, mean(scores));
	expectClose(paper!.alpha, alpha(table));
	expectClose(paper!.standardError, Math.sqrt(variance(scores)) * Math.sqrt(1 - Math.max(0, alpha(table)!)));
});

test('the figures of each question agree with the textbook formulas over its rows', async ({ ctx }) => {
	const { exam } = await sat(ctx);
	await workOutStatistics(ctx, exam.id);
	const kept = await ctx.db.select().from(examQuestionFigures).where(eq(examQuestionFigures.examId, exam.id));
	const byQuestion = Map.groupBy(await everyAnswer(ctx, exam.id), ({ answer }) => answer.questionId);
	expect(kept.map(({ questionId }) => questionId).toSorted()).toEqual([...byQuestion.keys()].toSorted());

	for (const { questionId, figures } of kept as { questionId: string; figures: QuestionFigures }[]) {
		const rows = byQuestion.get(questionId)!;
		const rest = rows.map(({ answer, total }) => total! - answer.score!);
		expect(figures.asked).toBe(rows.length);
		expectClose(figures.facility, mean(rows.map(({ answer }) => answer.score! / answer.points)));
		expectClose(
			figures.discrimination,
			pearson(
				rows.map(({ answer }) => answer.score!),
				rest
			)
		);
		for (const { letter, count, pointBiserial } of figures.options) {
			const chose = rows.map(({ answer }) => {
				const chosen = (answer.response as { chosen: string[] } | null)?.chosen ?? [];
				return (letter === null ? chosen.length === 0 : chosen.includes(letter)) ? 1 : 0;
			});
			expect(count).toBe(chose.filter(Boolean).length);
			expectClose(pointBiserial, pearson(chose, rest));
		}
	}
});

test('turnout names the exempt as exempt and nothing else', async ({ ctx }) => {
	const { exam, candidates } = await aPublishedExam(ctx, { candidates: 4 });
	const legal = await asLegal(ctx);
	await aSitting(ctx, exam, candidates[0]!);
	await aSitting(ctx, exam, candidates[1]!, { wrong: 5 });
	await exemptCandidate(legal, { examId: exam.id, personId: candidates[2]!.id, because: '因病住院' });

	const rows = await readTurnout(legal, exam.id);
	expect(addUpTurnout(rows)).toEqual({ due: 3, exempt: 1, sat: 2, absent: 0, passed: 1, failed: 1, excellent: 1 });
	const province = await theProvince(ctx);
	expect(byUnitBelow(rows, province.path).map(({ turnout }) => turnout.due)).toEqual([3]);
	const [exempt] = await ctx.db.select().from(examCandidates).where(eq(examCandidates.personId, candidates[2]!.id));
	expect(exempt).toMatchObject({ outcome: null, score: null });
});

test('figures are noted as out of date once, and anew after they were worked out', async ({ ctx }) => {
	const { exam } = await aPublishedExam(ctx);
	const stale = async () =>
		(await ctx.db.select().from(examStatistics).where(eq(examStatistics.examId, exam.id))).map((row) => row.stale);
	await markStale(ctx, { examId: exam.id });
	await markStale(ctx, { examId: exam.id });
	expect(await stale()).toEqual([true]);
	await clearStale(ctx, exam.id);
	await workOutStatistics(ctx, exam.id);
	expect(await stale()).toEqual([false]);
	await markStale(ctx, { examId: exam.id });
	expect(await stale()).toEqual([true]);
});
