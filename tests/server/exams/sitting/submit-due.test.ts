import { and, eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { examAnswers, examAttempts } from '#db/schema/exam-sittings.ts';
import { countStuck } from '#lib/server/exams/marking/mark-attempts.ts';
import { submitAttempt } from '#lib/server/exams/sitting/submit-attempt.ts';
import { submitDue } from '#lib/server/exams/sitting/submit-due.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { aPublishedExam, asCandidate, aStart, attemptOf, type Exam } from '#tests/factories/exams.ts';
import type { Person } from '#tests/factories/people.ts';
import { test } from '#tests/setup/test.ts';

const afterGrace = (ctx: Context): Context => ({ ...ctx, now: new Date(ctx.now.getTime() + 63 * 60_000) });

/** Candidates at work; what the first one's first answer holds is no answer to any question. */
async function begun(ctx: Context) {
	const { exam, candidates } = await aPublishedExam(ctx);
	for (const person of candidates) await aStart(asCandidate(ctx, person), exam);
	const { id } = await attemptOf(ctx, exam, candidates[0]!);
	await setAnswer(ctx, id, { kind: 'single', chosen: 5 });
	return { exam, candidates, broken: id };
}

const setAnswer = (ctx: Context, attemptId: string, response: unknown) =>
	ctx.db
		.update(examAnswers)
		.set({ response, revision: 1 })
		.where(and(eq(examAnswers.attemptId, attemptId), eq(examAnswers.slot, 1)));

const states = async (ctx: Context, exam: Exam, people: Person[]) =>
	Promise.all(people.map(async (person) => (await attemptOf(ctx, exam, person)).state));

test('a paper that cannot be marked is handed in and holds nobody else up', async ({ freshDatabase }) => {
	const { ctx } = await freshDatabase();
	const { exam, candidates } = await begun(ctx);
	expect(await submitDue(afterGrace(ctx))).toBe(3);
	expect(await states(ctx, exam, candidates)).toEqual(['submitted', 'marked', 'marked']);
	expect(await countStuck(ctx, exam.id)).toBe(1);
	expect(await submitDue(afterGrace(ctx))).toBe(0);
});

test('it is marked by itself once what was wrong with it is mended', async ({ freshDatabase }) => {
	const { ctx } = await freshDatabase();
	const { exam, candidates, broken } = await begun(ctx);
	await submitDue(afterGrace(ctx));
	await ctx.db.execute('alter table exam_answers disable trigger exam_answers_closed');
	await setAnswer(ctx, broken, { kind: 'single', chosen: ['A'] });
	await submitDue(afterGrace(ctx));
	expect(await states(ctx, exam, candidates)).toEqual(['marked', 'marked', 'marked']);
	expect(await countStuck(ctx, exam.id)).toBe(0);
});

test('whoever hands in such a paper has handed it in', async ({ freshDatabase }) => {
	const { ctx } = await freshDatabase();
	const { exam, candidates, broken } = await begun(ctx);
	const candidate = asCandidate(ctx, candidates[0]!);
	expect(await submitAttempt(candidate, broken)).toEqual(ctx.now);
	expect((await attemptOf(ctx, exam, candidates[0]!)).state).toBe('submitted');
});

test('papers that somebody holds just now are left for the next run, and none of the others', async ({
	freshDatabase
}) => {
	const { ctx } = await freshDatabase();
	const { exam, candidates } = await aPublishedExam(ctx);
	for (const person of candidates) await aStart(asCandidate(ctx, person), exam);
	const { id } = await attemptOf(ctx, exam, candidates[0]!);
	await ctx.db.transaction(async (holder) => {
		await holder.select().from(examAttempts).where(eq(examAttempts.id, id)).for('update');
		expect(await submitDue(afterGrace(ctx))).toBe(2);
	});
	expect(await submitDue(afterGrace(ctx))).toBe(1);
});
