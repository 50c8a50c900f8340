import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { examLateAnswers } from '#db/schema/exams.ts';
import { decideLateAnswer } from '#lib/server/exams/marking/admit-late-answer.ts';
import { saveAnswer } from '#lib/server/exams/sitting/save-answer.ts';
import type { Context } from '#lib/server/platform/context.ts';
import {
	answersFor,
	aPublishedExam,
	asCandidate,
	asLegal,
	aSitting,
	aWriter,
	type PublishedExam
} from '#tests/factories/exams.ts';
import { answersOf, aWrittenExam, theAttempt } from '#tests/factories/marking.ts';
import { test } from '#tests/setup/test.ts';

/** A paper that was handed in with the first slot missing, and the answer to it that came afterwards. */
async function aLateAnswer(
	ctx: Context,
	{ exam, candidates }: PublishedExam,
	options: { wrong?: number; answered?: number }
) {
	const attemptId = await aSitting(ctx, exam, candidates[0]!, options);
	const [{ slot, response }] = (await answersFor(ctx, attemptId)) as [Awaited<ReturnType<typeof answersFor>>[number]];
	const receipt = await saveAnswer(asCandidate(ctx, candidates[0]!), {
		attemptId,
		slot,
		revision: 9,
		writer: aWriter,
		response
	});
	expect(receipt.counts).toBe(false);
	const [late] = await ctx.db.select().from(examLateAnswers).where(eq(examLateAnswers.attemptId, attemptId));
	return { attemptId, slot, lateId: late!.id };
}

test('an admitted answer replaces what stood there and is scored', async ({ ctx }) => {
	const { attemptId, lateId } = await aLateAnswer(ctx, await aPublishedExam(ctx), { wrong: 1 });
	expect((await theAttempt(ctx, attemptId)).score).toBe(8);
	await decideLateAnswer(await asLegal(ctx), { lateId, admitted: true });
	expect((await theAttempt(ctx, attemptId)).score).toBe(10);
	await expect(decideLateAnswer(await asLegal(ctx), { lateId, admitted: false })).rejects.toThrow('late.decided');
});

test('a refused answer changes nothing', async ({ ctx }) => {
	const { attemptId, lateId } = await aLateAnswer(ctx, await aPublishedExam(ctx), { wrong: 1 });
	await decideLateAnswer(await asLegal(ctx), { lateId, admitted: false });
	expect((await theAttempt(ctx, attemptId)).score).toBe(8);
});

test('a written answer gets its points from the examiner when the paper is marked already', async ({ ctx }) => {
	const { attemptId, slot, lateId } = await aLateAnswer(ctx, await aWrittenExam(ctx), { answered: 0 });
	const legal = await asLegal(ctx);
	await expect(decideLateAnswer(legal, { lateId, admitted: true })).rejects.toThrow('late.points');
	await expect(decideLateAnswer(legal, { lateId, admitted: true, points: 11 })).rejects.toThrow('late.points');
	await decideLateAnswer(legal, { lateId, admitted: true, points: 6.5 });
	expect(await theAttempt(ctx, attemptId)).toMatchObject({ state: 'marked', score: 6.5 });
	expect((await answersOf(ctx, attemptId)).find((answer) => answer.slot === slot)?.response).not.toBeNull();
});

test('nobody decides about their own', async ({ ctx }) => {
	const published = await aPublishedExam(ctx);
	const { lateId } = await aLateAnswer(ctx, published, { wrong: 1 });
	const own = asCandidate(ctx, published.candidates[0]!);
	await expect(decideLateAnswer(own, { lateId, admitted: true })).rejects.toThrow('attempt.not-found');
});
