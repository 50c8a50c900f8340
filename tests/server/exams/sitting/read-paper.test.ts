import { and, eq, sql } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import { examCandidates } from '#db/schema/exam-candidates.ts';
import { examAnswers, examAttempts } from '#db/schema/exam-sittings.ts';
import { questions } from '#db/schema/questions.ts';
import type { AttemptState } from '#lib/server/exams/attempt-state.ts';
import { readOwnExam } from '#lib/server/exams/sitting/read-own-exam.ts';
import { readPaper } from '#lib/server/exams/sitting/read-paper.ts';
import { reviewLevel, reviewLevels } from '#lib/server/exams/sitting/review-level.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { aPublishedExam, asCandidate, aSitting, aStart } from '#tests/factories/exams.ts';
import { test } from '#tests/setup/test.ts';

type Values = Parameters<typeof aPublishedExam>[1];

async function aPaper(ctx: Context, values: Values, { released = true } = {}) {
	const { exam, candidates } = await aPublishedExam(ctx, values);
	const attemptId = await aSitting(ctx, exam, candidates[0]!, { wrong: 2 });
	if (released)
		await ctx.db
			.update(examAttempts)
			.set({ state: 'released', releasedAt: ctx.now })
			.where(eq(examAttempts.id, attemptId));
	const candidate = asCandidate(ctx, candidates[0]!);
	return { exam, attemptId, candidate, others: candidates.slice(1) };
}

const disclosed = async ({ db }: Context) => {
	const rows = await db
		.select()
		.from(questions)
		.where(sql`${questions.disclosedAt} is not null`);
	return rows.length;
};

describe('what the owner of a paper may see', () => {
	test('nothing before release, but when each answer was saved', async ({ ctx }) => {
		const values = { reviewAfterClose: 'explanations' as const };
		const { exam, attemptId, candidate } = await aPaper(ctx, values, { released: false });
		const paper = await readPaper(candidate, exam.id, attemptId);
		expect(paper).toMatchObject({ level: 'nothing', score: null });
		expect(paper.slots).toHaveLength(5);
		for (const slot of paper.slots) expect(slot).toMatchObject({ question: null, score: null, savedAt: ctx.now });
		expect((await readOwnExam(candidate, exam.id)).attempts).toMatchObject([{ score: null, level: 'nothing' }]);
	});

	test('the score alone', async ({ ctx }) => {
		const { exam, attemptId, candidate } = await aPaper(ctx, { reviewAfterAttempt: 'score' });
		const paper = await readPaper(candidate, exam.id, attemptId);
		expect(paper).toMatchObject({ level: 'score', score: 6, total: 10 });
		expect(paper.slots.every(({ question }) => question === null)).toBe(true);
	});

	test('answers without reasons: nothing is disclosed by them', async ({ ctx }) => {
		const { exam, attemptId, candidate } = await aPaper(ctx, { reviewAfterAttempt: 'answers' });
		const paper = await readPaper(candidate, exam.id, attemptId);
		expect(paper.slots.map(({ score }) => score)).toEqual([0, 0, 2, 2, 2]);
		expect(paper.slots[0]?.question?.options.some(({ right }) => right)).toBe(true);
		expect(JSON.stringify(paper.slots)).not.toMatch(/不算|第八十二条/);
		expect(await disclosed(ctx)).toBe(0);
	});

	test('explanations, after which their questions are drawn for no closed-book exam', async ({ ctx }) => {
		const { exam, attemptId, candidate } = await aPaper(ctx, { reviewAfterAttempt: 'explanations' });
		const paper = await readPaper(candidate, exam.id, attemptId);
		expect(paper.slots[0]?.question?.explanation).toContain('第八十二条');
		expect(await disclosed(ctx)).toBe(5);
	});

	test('more once the exam has closed for everybody, and not while one person still sits', async ({ ctx }) => {
		const { exam, attemptId, candidate, others } = await aPaper(ctx, { reviewAfterClose: 'answers' });
		await aStart(asCandidate(ctx, others[0]!), exam);
		const afterwards = { ...candidate, now: new Date(exam.closesAt.getTime() + 1) };
		expect((await readPaper(afterwards, exam.id, attemptId)).level).toBe('nothing');
		await ctx.db
			.update(examAttempts)
			.set({ state: 'submitted', submittedAt: ctx.now, submittedBy: 'deadline' })
			.where(eq(examAttempts.state, 'open'));
		expect((await readPaper(afterwards, exam.id, attemptId)).level).toBe('answers');
		expect((await readPaper(candidate, exam.id, attemptId)).level).toBe('nothing');
	});

	test('never somebody else’s, nor one that is still open', async ({ ctx }) => {
		const { exam, attemptId, others } = await aPaper(ctx, {});
		const other = asCandidate(ctx, others[0]!);
		await expect(readPaper(other, exam.id, attemptId)).rejects.toThrow('attempt.not-found');
		await expect(readPaper(other, exam.id, await aStart(other, exam))).rejects.toThrow('attempt.not-found');
	});

	test('between two attempts only what is shown at once; the rest after the last one', async ({ ctx }) => {
		const stages = { reviewNow: 'score', reviewAfterAttempt: 'answers', reviewAfterClose: 'explanations' } as const;
		const { exam, candidates } = await aPublishedExam(ctx, { ...stages, attempts: 2 });
		const candidate = asCandidate(ctx, candidates[0]!);
		const first = await aSitting(ctx, exam, candidates[0]!, { wrong: 2 });
		expect(await readPaper(candidate, exam.id, first)).toMatchObject({ level: 'score', score: 6 });
		expect((await readOwnExam(candidate, exam.id)).attempts).toMatchObject([{ level: 'score' }]);

		const second = await aSitting(ctx, exam, candidates[0]!);
		for (const attemptId of [first, second])
			expect((await readPaper(candidate, exam.id, attemptId)).level).toBe('answers');
		expect((await readOwnExam(candidate, exam.id)).attempts.map(({ level }) => level)).toEqual(['answers', 'answers']);
		const afterwards = { ...candidate, now: new Date(exam.closesAt.getTime() + 1) };
		expect((await readPaper(afterwards, exam.id, first)).level).toBe('explanations');
	});

	test('whoever leaves an attempt unused sees what comes after it once their own time is over', async ({ ctx }) => {
		const { exam, candidates } = await aPublishedExam(ctx, { reviewAfterAttempt: 'answers', attempts: 2 });
		const [candidate, other] = candidates.map((person) => asCandidate(ctx, person));
		const attemptId = await aSitting(ctx, exam, candidates[0]!);
		const own = and(eq(examCandidates.examId, exam.id), eq(examCandidates.personId, candidate!.actor.personId));
		expect((await readPaper(candidate!, exam.id, attemptId)).level).toBe('nothing');
		const closesAt = new Date(ctx.now.getTime() + 60_000);
		await ctx.db.update(examCandidates).set({ closesAt }).where(own);
		await aStart(other!, exam);
		const afterwards = { ...candidate!, now: closesAt };
		expect((await readPaper(afterwards, exam.id, attemptId)).level).toBe('answers');
	});

	test('the levels grow, and a later stage never shows less', () => {
		const policies = reviewLevels.flatMap((reviewNow) =>
			reviewLevels.flatMap((reviewAfterAttempt) =>
				reviewLevels.map((reviewAfterClose) => ({ reviewNow, reviewAfterAttempt, reviewAfterClose }))
			)
		);
		for (const policy of policies) {
			const shown = (finished: boolean, closed: boolean, state: AttemptState = 'released') =>
				reviewLevels.indexOf(reviewLevel(policy, state, { finished, closed }));
			expect(reviewLevels[shown(false, false)]).toBe(policy.reviewNow);
			expect(shown(true, false)).toBe(Math.max(shown(false, false), reviewLevels.indexOf(policy.reviewAfterAttempt)));
			expect(shown(true, true)).toBe(Math.max(shown(true, false), reviewLevels.indexOf(policy.reviewAfterClose)));
			for (const state of ['submitted', 'marked', 'voided'] as const) expect(shown(true, true, state)).toBe(0);
		}
	});
});

test('what a paper asked stays, whatever becomes of its questions', async ({ ctx }) => {
	const { exam, attemptId, candidate } = await aPaper(ctx, { reviewAfterAttempt: 'answers' });
	const before = await readPaper(candidate, exam.id, attemptId);
	await ctx.db.update(questions).set({ state: 'retired' });
	expect((await readPaper(candidate, exam.id, attemptId)).slots).toEqual(before.slots);
	expect(await ctx.db.$count(examAnswers, eq(examAnswers.attemptId, attemptId))).toBe(5);
});
