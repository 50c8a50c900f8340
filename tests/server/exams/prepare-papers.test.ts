import { eq, sql } from 'drizzle-orm';
import { expect } from 'vitest';
import { examCandidates } from '#db/schema/exam-candidates.ts';
import { examAnswers, examAttempts } from '#db/schema/exam-sittings.ts';
import { questions } from '#db/schema/questions.ts';
import { countPrepared, preparePapers } from '#lib/server/exams/prepare-papers.ts';
import { anExam, aPaper, aPublishedExam, asLegal, attemptOf } from '#tests/factories/exams.ts';
import { aBankQuestion } from '#tests/factories/bank.ts';
import { aPerson } from '#tests/factories/people.ts';
import { publishExam } from '#lib/server/exams/publish-exam.ts';
import { examTargets } from '#db/schema/exam-candidates.ts';
import { aUnit } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

test('gives everybody a paper of their own, and nobody a second one', async ({ ctx }) => {
	const { exam, candidates } = await aPublishedExam(ctx, { candidates: 4 });
	expect(await preparePapers(ctx, exam.id)).toBe(0);
	expect(await countPrepared(ctx, exam.id)).toEqual({ due: 4, prepared: 4 });

	const attempts = await ctx.db.select().from(examAttempts).where(eq(examAttempts.examId, exam.id));
	expect(attempts.map(({ personId }) => personId).toSorted()).toEqual(candidates.map(({ id }) => id).toSorted());
	expect(attempts.every(({ state, number, total }) => state === 'prepared' && number === 1 && total === 10)).toBe(true);
	for (const { id } of attempts) {
		const slots = await ctx.db.select().from(examAnswers).where(eq(examAnswers.attemptId, id));
		expect(slots.map(({ slot }) => slot).toSorted()).toEqual([1, 2, 3, 4, 5]);
		expect(new Set(slots.map(({ questionId }) => questionId)).size).toBe(5);
	}
});

test('draws what a person has not seen before what they have', async ({ ctx }) => {
	const { exam, candidates } = await aPublishedExam(ctx, { candidates: 1, bank: 10 });
	const first = await attemptOf(ctx, exam, candidates[0]!);
	await ctx.db
		.update(examAttempts)
		.set({ startedAt: ctx.now, deadlineAt: ctx.now, state: 'open' })
		.where(eq(examAttempts.id, first.id));

	const next = await anExam(ctx);
	await aPaper(ctx, next);
	await ctx.db.insert(examTargets).values({ examId: next.id, position: 1, personId: candidates[0]!.id });
	await publishExam(await asLegal(ctx), next.id);
	await preparePapers(ctx, next.id);
	const second = await attemptOf(ctx, next, candidates[0]!);
	const { rows } = await ctx.db.execute(sql`
		select 1 from exam_answers a join exam_answers b on b.question_id = a.question_id
		where a.attempt_id = ${first.id} and b.attempt_id = ${second.id}`);
	expect(rows).toHaveLength(0);
});

test('asks nothing in a closed-book exam that has been seen with its explanation', async ({ ctx }) => {
	const seen = await aBankQuestion(ctx);
	await ctx.db.update(questions).set({ disclosedAt: ctx.now }).where(eq(questions.id, seen.id));
	const { exam, candidates } = await aPublishedExam(ctx, { candidates: 1, bank: 5 });
	const { id } = await attemptOf(ctx, exam, candidates[0]!);
	const asked = await ctx.db.select().from(examAnswers).where(eq(examAnswers.attemptId, id));
	expect(asked.map(({ questionId }) => questionId)).not.toContain(seen.id);
});

test('refuses to publish what the bank cannot fill, and says how much there is', async ({ ctx }) => {
	await aBankQuestion(ctx);
	const exam = await anExam(ctx);
	await aPaper(ctx, exam, [{ count: 3 }]);
	const unit = await aUnit(ctx);
	await aPerson(ctx, { unit });
	await ctx.db.insert(examTargets).values({ examId: exam.id, position: 1, unitId: unit.id });
	await expect(publishExam(await asLegal(ctx), exam.id)).rejects.toMatchObject({
		code: 'exam.blueprint-short',
		values: { wanted: 3, available: 1 }
	});
});

test('prepares again what an interrupted run left', async ({ ctx }) => {
	const { exam, candidates } = await aPublishedExam(ctx, { candidates: 3 });
	const lost = await attemptOf(ctx, exam, candidates[1]!);
	await ctx.db.delete(examAnswers).where(eq(examAnswers.attemptId, lost.id));
	await ctx.db.delete(examAttempts).where(eq(examAttempts.id, lost.id));
	expect(await preparePapers(ctx, exam.id)).toBe(1);
	expect(await ctx.db.$count(examCandidates, eq(examCandidates.examId, exam.id))).toBe(3);
});
