import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { auditEntries } from '#db/schema/audit.ts';
import { examCandidates } from '#db/schema/exam-candidates.ts';
import { examAnswers, examAttempts } from '#db/schema/exam-sittings.ts';
import { questions } from '#db/schema/questions.ts';
import { accommodate } from '#lib/server/exams/accommodate.ts';
import { startAttempt } from '#lib/server/exams/sitting/start-attempt.ts';
import { preparePapers } from '#lib/server/exams/prepare-papers.ts';
import type { Context, SignedIn } from '#lib/server/platform/context.ts';
import { aPublishedExam, asCandidate, asLegal, aStart, attemptOf, type Exam } from '#tests/factories/exams.ts';
import { test } from '#tests/setup/test.ts';

const seconds = <Ctx extends Context>(ctx: Ctx, count: number): Ctx => ({
	...ctx,
	now: new Date(ctx.now.getTime() + count * 1000)
});

const withCode = (ctx: SignedIn, exam: Exam, accessCode: string) =>
	startAttempt(ctx, { examId: exam.id, writer: 'page-one', accessCode, address: '127.0.0.1' });

/** Takes the papers away again, as if the job had not come to them yet. */
async function withoutPapers(ctx: Context, exam: Exam): Promise<void> {
	const attempts = await ctx.db.select().from(examAttempts).where(eq(examAttempts.examId, exam.id));
	for (const { id } of attempts) {
		await ctx.db.delete(examAnswers).where(eq(examAnswers.attemptId, id));
		await ctx.db.delete(examAttempts).where(eq(examAttempts.id, id));
	}
}

test('those who start at the same moment start together, each with their own paper and line on record', async ({
	freshDatabase
}) => {
	const { ctx } = await freshDatabase();
	const { exam, candidates } = await aPublishedExam(ctx, { candidates: 12 });
	const [late, exempt] = candidates;
	await ctx.db
		.update(examCandidates)
		.set({ extraMinutes: 30, accommodatedBecause: '视力障碍' })
		.where(eq(examCandidates.personId, late!.id));
	await ctx.db
		.update(examCandidates)
		.set({ status: 'exempt', exemptBecause: '产假' })
		.where(eq(examCandidates.personId, exempt!.id));

	const started = await Promise.allSettled(candidates.map((person) => aStart(asCandidate(ctx, person), exam)));
	expect(started.filter(({ status }) => status === 'fulfilled')).toHaveLength(11);
	expect(started[1]).toMatchObject({ reason: { code: 'exam.exempt' } });
	expect(new Set(started.map((one) => (one.status === 'fulfilled' ? one.value : null))).size).toBe(12);

	const { deadlineAt } = await attemptOf(ctx, exam, late!);
	expect(deadlineAt).toEqual(new Date(ctx.now.getTime() + 90 * 60_000));
	const lines = await ctx.db.select().from(auditEntries).where(eq(auditEntries.action, 'attempt.started'));
	expect(new Set(lines.map(({ actorId }) => actorId)).size).toBe(11);
});

test('two pages that start at once start one attempt, and one of them is told of the other', async ({
	freshDatabase
}) => {
	const { ctx } = await freshDatabase();
	const { exam, candidates } = await aPublishedExam(ctx, { candidates: 1 });
	const candidate = asCandidate(ctx, candidates[0]!);
	const both = await Promise.allSettled(['page-one', 'page-two'].map((writer) => aStart(candidate, exam, writer)));
	expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
	expect(both[1]).toMatchObject({ reason: { code: 'attempt.elsewhere' } });
});

test('extra time that is granted during a start without a prepared paper neither locks up nor gets lost', async ({
	freshDatabase
}) => {
	const { ctx } = await freshDatabase();
	const { exam, candidates } = await aPublishedExam(ctx, { candidates: 8 });
	await withoutPapers(ctx, exam);
	const legal = await asLegal(ctx);
	await Promise.all(
		candidates.flatMap((person) => [
			aStart(asCandidate(ctx, person), exam),
			accommodate(legal, {
				examId: exam.id,
				personId: person.id,
				extraMinutes: 15,
				pauseMinutes: 0,
				because: '手部受伤'
			})
		])
	);
	for (const person of candidates) {
		const { deadlineAt } = await attemptOf(ctx, exam, person);
		expect(deadlineAt).toEqual(new Date(ctx.now.getTime() + 75 * 60_000));
	}
});

test('a bank that has become too small is told in words, not by a failure', async ({ ctx }) => {
	const { exam, candidates } = await aPublishedExam(ctx, { candidates: 1 });
	await withoutPapers(ctx, exam);
	await ctx.db.update(questions).set({ state: 'retired' });
	await expect(aStart(asCandidate(ctx, candidates[0]!), exam)).rejects.toMatchObject({
		failure: 'conflict',
		code: 'paper.short'
	});
	await ctx.db.update(questions).set({ state: 'published' });
	expect(await preparePapers(ctx, exam.id)).toBe(1);
});

test('wrong access codes slow the next try of that person in that exam, and nobody else', async ({ ctx }) => {
	const { exam, candidates } = await aPublishedExam(ctx, { candidates: 2, accessCode: 'Herbst-26' });
	const [one, other] = candidates.map((person) => asCandidate(ctx, person));
	for (let wrong = 0; wrong < 5; wrong++)
		await expect(withCode(one!, exam, `falsch-${wrong}`)).rejects.toMatchObject({ code: 'exam.access-code' });

	// The right one waits as well: a pause that lets the right code through would slow nobody who guesses.
	await expect(withCode(one!, exam, 'herbst-26')).rejects.toMatchObject({
		code: 'exam.access-code-too-soon',
		values: { seconds: 1 }
	});
	await withCode(other!, exam, 'herbst-26');
	await withCode(seconds(one!, 1), exam, ' herbst-26 ');
});

test('a page that goes on with an open paper is asked for no code', async ({ ctx }) => {
	const { exam, candidates } = await aPublishedExam(ctx, { candidates: 1, accessCode: 'herbst' });
	const candidate = asCandidate(ctx, candidates[0]!);
	const attemptId = await withCode(candidate, exam, 'herbst');
	expect(await withCode(candidate, exam, '')).toBe(attemptId);
});
