import { and, eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { examCandidates } from '#db/schema/exam-candidates.ts';
import { notifications } from '#db/schema/notifications.ts';
import { releaseExam } from '#lib/server/exams/marking/release-exam.ts';
import { voidAttempt } from '#lib/server/exams/marking/void-attempt.ts';
import { subscribe } from '#lib/server/platform/announce.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { aPublishedExam, asLegal, aSitting, aStart, asCandidate } from '#tests/factories/exams.ts';
import { afterClose, aWrittenExam, theAttempt, theExam } from '#tests/factories/marking.ts';
import type { Person } from '#tests/factories/people.ts';
import { test } from '#tests/setup/test.ts';

const announced: string[] = [];
subscribe('attempts.released', async (_, { attemptIds }) => void announced.push(...attemptIds));

async function candidateOf({ db }: Context, examId: string, { id }: Person) {
	const [row] = await db
		.select()
		.from(examCandidates)
		.where(and(eq(examCandidates.examId, examId), eq(examCandidates.personId, id)));
	return row!;
}

test('releases every marked paper, names the absent, and tells who sat', async ({ ctx }) => {
	const { exam, candidates } = await aPublishedExam(ctx, { candidates: 3 });
	const ids = [await aSitting(ctx, exam, candidates[0]!), await aSitting(ctx, exam, candidates[1]!, { wrong: 5 })];
	const legal = { ...(await asLegal(ctx)), now: afterClose(exam) };

	expect(await releaseExam(legal, exam.id)).toBe(2);
	expect((await theExam(ctx, exam.id)).state).toBe('released');
	for (const id of ids) expect((await theAttempt(ctx, id)).state).toBe('released');
	expect(announced).toEqual(expect.arrayContaining(ids));
	const outcomes = await Promise.all(candidates.map((person) => candidateOf(ctx, exam.id, person)));
	expect(outcomes.map(({ outcome }) => outcome)).toEqual(['passed', 'failed', 'absent']);
	expect(await ctx.db.select().from(notifications).where(eq(notifications.kind, 'exam_released'))).toHaveLength(2);
	await expect(releaseExam(legal, exam.id)).rejects.toThrow('exam.released');
});

test('waits for windows, papers that are being sat, and marks', async ({ ctx }) => {
	const { exam, candidates } = await aWrittenExam(ctx, { candidates: 2 });
	const legal = await asLegal(ctx);
	await expect(releaseExam(legal, exam.id)).rejects.toThrow('exam.still-open');
	const after = { ...legal, now: afterClose(exam) };
	await aStart(asCandidate(ctx, candidates[0]!), exam);
	await expect(releaseExam(after, exam.id)).rejects.toThrow('exam.still-open');
	await aSitting(ctx, exam, candidates[1]!);
	const {
		exam: written,
		candidates: [writer]
	} = await aWrittenExam(ctx, { candidates: 1 });
	await aSitting(ctx, written, writer!);
	await expect(releaseExam(after, written.id)).rejects.toThrow('exam.unmarked');
});

test('an exam that shows something after the own attempt releases each paper as soon as it is marked', async ({
	ctx
}) => {
	const { exam, candidates } = await aPublishedExam(ctx, { reviewAfterAttempt: 'score' });
	const id = await aSitting(ctx, exam, candidates[0]!);
	expect((await theAttempt(ctx, id)).state).toBe('released');
	expect(announced).toContain(id);
});

test('a voided paper counts as never sat, and stays readable', async ({ ctx }) => {
	const { exam, candidates } = await aPublishedExam(ctx);
	const id = await aSitting(ctx, exam, candidates[0]!);
	const legal = { ...(await asLegal(ctx)), now: afterClose(exam) };
	await voidAttempt(legal, { attemptId: id, because: '查实代考' });
	expect(await theAttempt(ctx, id)).toMatchObject({ state: 'voided', voidedBecause: '查实代考', score: 10 });
	expect(await candidateOf(ctx, exam.id, candidates[0]!)).toMatchObject({ outcome: 'absent', score: null });
	await expect(voidAttempt(legal, { attemptId: id, because: '再次' })).rejects.toThrow('attempt.voided');
});

test('nobody voids a paper out of reach', async ({ ctx }) => {
	const { exam, candidates } = await aPublishedExam(ctx);
	const attemptId = await aSitting(ctx, exam, candidates[0]!);
	const stranger = asCandidate(ctx, candidates[1]!);
	await expect(voidAttempt(stranger, { attemptId, because: '无权' })).rejects.toThrow('attempt.not-found');
});
