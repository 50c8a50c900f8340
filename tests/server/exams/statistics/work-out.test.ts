import { and, eq, inArray, sql } from 'drizzle-orm';
import { expect } from 'vitest';
import { examCandidates } from '#db/schema/exam-candidates.ts';
import { examAnswers, examAttempts } from '#db/schema/exam-sittings.ts';
import { examQuestionFigures, examSheets, examStatistics } from '#db/schema/exam-statistics.ts';
import { questionVersions } from '#db/schema/questions.ts';
import { exemptCandidate } from '#lib/server/exams/exempt-candidate.ts';
import { mendKey } from '#lib/server/exams/marking/mend-key.ts';
import { keepSheetsOf } from '#lib/server/exams/statistics/keep-sheets.ts';
import { clearStale, markStale } from '#lib/server/exams/statistics/mark-stale.ts';
import type { QuestionFigures } from '#lib/server/exams/statistics/question-figures.ts';
import { readStatistics } from '#lib/server/exams/statistics/read-statistics.ts';
import { addUpTurnout, byUnitBelow, readTurnout } from '#lib/server/exams/statistics/turnout.ts';
import { workOutStatistics } from '#lib/server/exams/statistics/work-out.ts';
import type { Context } from '#lib/server/platform/context.ts';
import type { SmallContent } from '#lib/server/questions/content/parse-questions.ts';
import { aPublishedExam, asLegal, aSitting } from '#tests/factories/exams.ts';
import { aMendedVersion } from '#tests/factories/marking.ts';
import { theProvince } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';
import { alpha, mean, median, pearson, variance } from './naive.ts';

/** Eight people with 0 to 5 wrong answers. */
async function sat(ctx: Context, values: Parameters<typeof aPublishedExam>[1] = {}) {
	const { exam, candidates } = await aPublishedExam(ctx, { candidates: 8, bank: 7, ...values });
	const wrong = [0, 1, 1, 2, 3, 3, 4, 5].slice(0, candidates.length);
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

/** Drops a question that somebody was asked. @returns its id */
async function drop(ctx: Context, examId: string): Promise<string> {
	const { answer } = (await everyAnswer(ctx, examId))[0]!;
	const change = { examId, questionId: answer.questionId, policy: 'drop-question' as const, reason: '题意不清' };
	await mendKey(await asLegal(ctx), change);
	return answer.questionId;
}

test('a dropped question is part of no reliability and has no facility', async ({ ctx }) => {
	const { exam } = await sat(ctx, { bank: 5, shuffleQuestions: false });
	const dropped = await drop(ctx, exam.id);
	const { papers } = await workOutStatistics(ctx, exam.id);

	const rows = await everyAnswer(ctx, exam.id);
	const papersSat = [...Map.groupBy(rows, ({ answer }) => answer.attemptId).values()];
	const parts = [0, 1, 2, 3, 4].filter((slot) => papersSat.some((paper) => paper[slot]!.answer.questionId !== dropped));
	const left = papersSat.map((paper) =>
		parts.map((slot) => (paper[slot]!.answer.questionId === dropped ? 0 : paper[slot]!.answer.score!))
	);
	expectClose(papers[0]!.alpha, alpha(left));
	expectClose(papers[0]!.mean, mean(left.map((scores) => scores.reduce((sum, score) => sum + score, 0))));

	const { questions } = await readStatistics(ctx, exam.id);
	expect(questions.find(({ id }) => id === dropped)).toMatchObject({ facility: null, flags: [] });
});

test('the key that counts after mending is the one that options are judged by', async ({ ctx }) => {
	const { exam } = await sat(ctx, { candidates: 2 });
	const { answer } = (await everyAnswer(ctx, exam.id))[0]!;
	const { questionId } = answer;
	const [version] = await ctx.db.select().from(questionVersions).where(eq(questionVersions.questionId, questionId));
	const content = version!.content as SmallContent & { key: string[] };
	const other = content.key[0] === 'A' ? 'B' : 'A';
	await aMendedVersion(ctx, questionId, { ...content, key: [other] } as SmallContent);
	const legal = await asLegal(ctx);
	const keys = async () => {
		await workOutStatistics(ctx, exam.id);
		const { questions } = await readStatistics(ctx, exam.id);
		const own = questions.find(({ id }) => id === questionId)!;
		return own.options.filter(({ isKey }) => isKey).map(({ letter }) => letter);
	};
	const change = { examId: exam.id, questionId, reason: '答案有误' };
	await mendKey(legal, { ...change, policy: 'new-key' });
	expect(await keys()).toEqual([other]);
	const later = { ...legal, now: new Date(ctx.now.getTime() + 1000) };
	await mendKey(later, { ...change, policy: 'both-keys' });
	expect(await keys()).toEqual([content.key[0]!, other].toSorted());
});

/** Gives the receipts of an attempt these seconds after its start, in the order of its slots. */
async function receive(ctx: Context, attemptId: string, seconds: number[]): Promise<void> {
	await ctx.db.execute(sql`
		update exam_answers a set saved_at = t.started_at + make_interval(secs => given.seconds)
		from unnest(${sql.param(seconds)}::float8[]) with ordinality as given (seconds, slot), exam_attempts t
		where a.attempt_id = ${attemptId} and a.slot = given.slot and t.id = a.attempt_id`);
	await ctx.db.execute(
		sql`update exam_attempts set submitted_at = started_at + interval '10 minutes' where id = ${attemptId}`
	);
	await keepSheetsOf(ctx, [attemptId]);
}

test('the time of a question is the median between receipts, and tells of nobody', async ({ ctx }) => {
	const { exam, candidates } = await aPublishedExam(ctx, {
		candidates: 11,
		bank: 5,
		sections: [{ count: 5, fixed: false }],
		shuffleQuestions: false
	});
	const papers: string[] = [];
	for (const person of candidates) papers.push(await aSitting(ctx, exam, person));
	const expected = new Map<string, number[]>();
	for (const [index, attemptId] of papers.entries()) {
		// The third and fourth arrive together: neither tells its own time. The last one comes after handing in.
		const at = [10 + index, 40, 100, 100.5, 9_000];
		await receive(ctx, attemptId, at);
		const answers = await ctx.db.select().from(examAnswers).where(eq(examAnswers.attemptId, attemptId));
		for (const [slot, gap] of [
			[1, 10 + index],
			[2, 30 - index]
		] as const) {
			const { questionId } = answers.find((answer) => answer.slot === slot)!;
			expected.set(questionId, [...(expected.get(questionId) ?? []), gap]);
		}
	}
	await workOutStatistics(ctx, exam.id);
	for (const { id, time } of (await readStatistics(ctx, exam.id)).questions) {
		const gaps = expected.get(id) ?? [];
		expect(time).toEqual(gaps.length < 10 ? null : { count: gaps.length, median: median(gaps) });
	}
});

test('the sheet of a paper says what its answers say, also after its points have changed', async ({ ctx }) => {
	const { exam } = await sat(ctx, { candidates: 3 });
	const agree = async () => {
		const rows = Map.groupBy(await everyAnswer(ctx, exam.id), ({ answer }) => answer.attemptId);
		for (const sheet of await ctx.db.select().from(examSheets)) {
			const answers = rows.get(sheet.attemptId)!.map(({ answer }) => answer);
			expect(sheet.questionIds).toEqual(answers.map(({ questionId }) => questionId));
			expect(sheet.scores).toEqual(answers.map(({ score }) => Math.round(score! * 100)));
			expect(sheet.points).toEqual(answers.map(({ points }) => Math.round(points * 100)));
		}
		expect(await ctx.db.$count(examSheets)).toBe(rows.size);
	};
	await agree();
	await drop(ctx, exam.id);
	await agree();
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
