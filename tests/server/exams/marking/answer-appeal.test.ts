import { and, eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { examCandidates } from '#db/schema/exam-candidates.ts';
import { examAppeals } from '#db/schema/exam-marking.ts';
import { notifications } from '#db/schema/notifications.ts';
import { answerAppeal } from '#lib/server/exams/marking/answer-appeal.ts';
import { askAppeal } from '#lib/server/exams/marking/ask-appeal.ts';
import { releaseExam } from '#lib/server/exams/marking/release-exam.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { aPublishedExam, asCandidate, asLegal, aSitting } from '#tests/factories/exams.ts';
import { afterClose, theAttempt } from '#tests/factories/marking.ts';
import { test } from '#tests/setup/test.ts';

/** A released exam in which the first candidate failed by one question: 3 of 5 at a pass mark of 80 %. */
async function released(ctx: Context) {
	const { exam, candidates } = await aPublishedExam(ctx, { passMark: 80 });
	const person = candidates[0]!;
	const attemptId = await aSitting(ctx, exam, person, { wrong: 2 });
	const examiner = { ...(await asLegal(ctx)), now: afterClose(exam) };
	await releaseExam(examiner, exam.id);
	return { exam, person, attemptId, examiner, own: { ...asCandidate(ctx, person), now: examiner.now } };
}

const outcomeOf = async ({ db }: Context, examId: string, personId: string) => {
	const [row] = await db
		.select()
		.from(examCandidates)
		.where(and(eq(examCandidates.examId, examId), eq(examCandidates.personId, personId)));
	return row!.outcome;
};

test('an upheld appeal gives new points, and score and outcome follow', async ({ ctx }) => {
	const { exam, person, attemptId, examiner, own } = await released(ctx);
	expect(await outcomeOf(ctx, exam.id, person.id)).toBe('failed');
	const appealId = await askAppeal(own, { attemptId, slot: 1, reason: '选项B也符合第七条' });
	await expect(askAppeal(own, { attemptId, slot: 1, reason: '再问一次' })).rejects.toThrow('appeal.open');

	await expect(answerAppeal(examiner, { appealId, upheld: true, answer: '成立', points: 2.5 })).rejects.toThrow(
		'appeal.points'
	);
	await answerAppeal(examiner, { appealId, upheld: true, answer: '成立', points: 2 });
	expect((await theAttempt(ctx, attemptId)).score).toBe(8);
	expect(await outcomeOf(ctx, exam.id, person.id)).toBe('passed');
	const told = await ctx.db.select().from(notifications).where(eq(notifications.kind, 'appeal_answered'));
	expect(told.map(({ personId }) => personId)).toEqual([person.id]);
});

test('a dismissed appeal keeps the points, and may be followed by another', async ({ ctx }) => {
	const { attemptId, examiner, own } = await released(ctx);
	const appealId = await askAppeal(own, { attemptId, slot: 1, reason: '请再看' });
	await answerAppeal(examiner, { appealId, upheld: false, answer: '答案无误' });
	await expect(answerAppeal(examiner, { appealId, upheld: true, answer: '改判', points: 2 })).rejects.toThrow(
		'appeal.answered'
	);
	await askAppeal(own, { attemptId, slot: 1, reason: '补充材料' });
	const history = await ctx.db.select().from(examAppeals).where(eq(examAppeals.attemptId, attemptId));
	expect(history.map(({ upheld, scoreBefore }) => [upheld, scoreBefore]).toSorted()).toEqual(
		[
			[false, 0],
			[null, 0]
		].toSorted()
	);
	expect((await theAttempt(ctx, attemptId)).score).toBe(6);
});

test('only the own released paper can be appealed', async ({ ctx }) => {
	const { exam, candidates } = await aPublishedExam(ctx);
	const attemptId = await aSitting(ctx, exam, candidates[0]!);
	const own = asCandidate(ctx, candidates[0]!);
	await expect(askAppeal(own, { attemptId, slot: 1, reason: '未发布' })).rejects.toThrow('appeal.not-released');
	await expect(askAppeal(asCandidate(ctx, candidates[1]!), { attemptId, slot: 1, reason: '别人的' })).rejects.toThrow(
		'attempt.not-found'
	);
});
