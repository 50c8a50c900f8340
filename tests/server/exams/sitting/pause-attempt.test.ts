import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { examCandidates } from '#db/schema/exam-candidates.ts';
import { examIncidents } from '#db/schema/exam-sittings.ts';
import { pauseAttempt, resumeAttempt } from '#lib/server/exams/sitting/pause-attempt.ts';
import { readSitting } from '#lib/server/exams/sitting/read-sitting.ts';
import { submitDue } from '#lib/server/exams/sitting/submit-due.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { aPublishedExam, asCandidate, aStart, attemptOf, aWriter } from '#tests/factories/exams.ts';
import { test } from '#tests/setup/test.ts';

const later = <Ctx extends Context>(ctx: Ctx, minutes: number): Ctx => ({
	...ctx,
	now: new Date(ctx.now.getTime() + minutes * 60_000)
});

async function begun(ctx: Context, pauseMinutes = 10) {
	const { exam, candidates } = await aPublishedExam(ctx);
	const person = candidates[0]!;
	await ctx.db
		.update(examCandidates)
		.set({ pauseMinutes, ...(pauseMinutes > 0 && { accommodatedBecause: '哺乳' }) })
		.where(eq(examCandidates.personId, person.id));
	const candidate = asCandidate(ctx, person);
	return { exam, person, candidate, attemptId: await aStart(candidate, exam) };
}

test('a pause hides the questions and moves the deadline by its length', async ({ ctx }) => {
	const { exam, person, candidate, attemptId } = await begun(ctx);
	const { deadlineAt } = await attemptOf(ctx, exam, person);
	await pauseAttempt(later(candidate, 5), { attemptId, writer: aWriter });
	expect((await readSitting(later(candidate, 6), exam.id, aWriter))?.slots).toEqual([]);

	await resumeAttempt(later(candidate, 9), attemptId);
	await resumeAttempt(later(candidate, 9), attemptId);
	const after = await attemptOf(ctx, exam, person);
	expect(after).toMatchObject({ pausedAt: null, pausedSeconds: 240 });
	expect(after.deadlineAt).toEqual(new Date(deadlineAt!.getTime() + 240_000));
	expect((await readSitting(later(candidate, 9), exam.id, aWriter))?.slots).toHaveLength(5);
	expect(await ctx.db.select().from(examIncidents)).toMatchObject([{ kind: 'resumed', detail: { seconds: 240 } }]);
});

test('no pause is longer than was granted, whoever comes back late', async ({ ctx }) => {
	const { exam, person, candidate, attemptId } = await begun(ctx);
	const { deadlineAt } = await attemptOf(ctx, exam, person);
	await pauseAttempt(later(candidate, 5), { attemptId, writer: aWriter });
	await resumeAttempt(later(candidate, 50), attemptId);
	expect((await attemptOf(ctx, exam, person)).deadlineAt).toEqual(new Date(deadlineAt!.getTime() + 600_000));
	await expect(pauseAttempt(later(candidate, 51), { attemptId, writer: aWriter })).rejects.toThrow('attempt.no-pause');
});

test('a pause that is never ended ends by itself, and the paper is handed in at its deadline', async ({ ctx }) => {
	const { exam, person, candidate, attemptId } = await begun(ctx);
	await pauseAttempt(later(candidate, 5), { attemptId, writer: aWriter });
	expect(await submitDue(later(ctx, 71))).toBe(0);
	expect(await submitDue(later(ctx, 73))).toBe(1);
	const { state, submittedAt, startedAt } = await attemptOf(ctx, exam, person);
	expect(state).toBe('marked');
	expect(submittedAt!.getTime() - startedAt!.getTime()).toBe(70 * 60_000);
});

test('nobody pauses without leave, on another page, or for somebody else', async ({ ctx }) => {
	const { candidate, attemptId } = await begun(ctx, 0);
	await expect(pauseAttempt(candidate, { attemptId, writer: aWriter })).rejects.toThrow('attempt.no-pause');
	const granted = await begun(ctx);
	await expect(pauseAttempt(granted.candidate, { attemptId: granted.attemptId, writer: 'x' })).rejects.toThrow(
		'attempt.superseded'
	);
	await expect(pauseAttempt(candidate, { attemptId: granted.attemptId, writer: aWriter })).rejects.toThrow(
		'attempt.not-found'
	);
});
