import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { examMarks } from '#db/schema/exam-marking.ts';
import { examLateAnswers } from '#db/schema/exam-sittings.ts';
import { decideLateAnswer } from '#lib/server/exams/marking/admit-late-answer.ts';
import { countOpen, listAppeals } from '#lib/server/exams/marking/appeal-queries.ts';
import { addMarker } from '#lib/server/exams/marking/change-markers.ts';
import { listLate } from '#lib/server/exams/marking/late-queries.ts';
import { saveMark } from '#lib/server/exams/marking/save-mark.ts';
import { takeNext } from '#lib/server/exams/marking/take-next.ts';
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
import { aPerson } from '#tests/factories/people.ts';
import { as, theProvince } from '#tests/factories/units.ts';
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

test('a written answer whose predecessor was marked gets its points from the examiner, not while it is being marked', async ({
	ctx
}) => {
	const published = await aWrittenExam(ctx, { candidates: 1 });
	const { attemptId, slot, lateId } = await aLateAnswer(ctx, published, {});
	const legal = await asLegal(ctx);
	const { exam } = published;
	const answer = await takenIn(legal, exam.id, slot);
	const [waiting] = await listLate(legal, exam.id);
	expect(waiting!.marking).toBe('being-marked');
	await expect(decideLateAnswer(legal, { lateId, admitted: true, points: 4 })).rejects.toThrow('late.being-marked');

	await saveMark(legal, { examId: exam.id, answer, criteria: [1, 1], comment: '', final: true });
	const [marked] = await listLate(legal, exam.id);
	expect(marked!.marking).toBe('by-examiner');
	await expect(decideLateAnswer(legal, { lateId, admitted: true })).rejects.toThrow('late.points');
	await decideLateAnswer(legal, { lateId, admitted: true, points: 4 });
	expect((await answersOf(ctx, attemptId)).find((row) => row.slot === slot)!.score).toBe(4);
});

/** The answer in a slot as the marker has taken it; others that come first are marked on the way. */
async function takenIn(marker: Awaited<ReturnType<typeof asLegal>>, examId: string, slot: number): Promise<string> {
	for (;;) {
		const answer = (await takeNext(marker, examId))!;
		const [mark] = await marker.db.select().from(examMarks).where(eq(examMarks.final, false));
		if (mark!.slot === slot) return answer;
		await saveMark(marker, { examId, answer, criteria: [1, 1], comment: '', final: true });
	}
}

test('only who decides sees what waits, and never what is their own', async ({ ctx }) => {
	const published = await aPublishedExam(ctx);
	await aLateAnswer(ctx, published, { wrong: 1 });
	const { exam, candidates } = published;
	const marker = await aPerson(ctx, { unit: await theProvince(ctx) });
	await addMarker(await asLegal(ctx), { examId: exam.id, staffNumber: marker.staffNumber });
	await expect(listLate(as(ctx, marker.id), exam.id)).rejects.toThrow('exam.not-found');
	await expect(listAppeals(as(ctx, marker.id), exam.id)).rejects.toThrow('exam.not-found');
	const own = as(ctx, candidates[0]!.id, { role: 'legal', unit: await theProvince(ctx) });
	expect(await listLate(own, exam.id)).toEqual([]);
	expect(await countOpen(own, exam.id)).toEqual({ appeals: 0, late: 0 });
	expect(await countOpen(await asLegal(ctx), exam.id)).toEqual({ appeals: 0, late: 1 });
});

test('nobody decides about their own', async ({ ctx }) => {
	const published = await aPublishedExam(ctx);
	const { lateId } = await aLateAnswer(ctx, published, { wrong: 1 });
	const own = asCandidate(ctx, published.candidates[0]!);
	await expect(decideLateAnswer(own, { lateId, admitted: true })).rejects.toThrow('attempt.not-found');
});
