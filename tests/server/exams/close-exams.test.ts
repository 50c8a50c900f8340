import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { examCandidates } from '#db/schema/exam-candidates.ts';
import { accommodate } from '#lib/server/exams/accommodate.ts';
import { cancelExam } from '#lib/server/exams/cancel-exam.ts';
import { closeExams } from '#lib/server/exams/close-exams.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { aPublishedExam, aStart, asCandidate, asLegal, type Exam } from '../../factories/exams.ts';
import { test } from '../../setup/test.ts';

// Published exams of the factory close at 12:00 in Shanghai.
const at = (ctx: Context, time: string) => ({ ...ctx, now: new Date(`2026-11-23T${time}:00Z`) });
const outcomes = async ({ db }: Context, exam: Exam) =>
	new Map(
		(await db.select().from(examCandidates).where(eq(examCandidates.examId, exam.id))).map((row) => [
			row.personId,
			row.outcome
		])
	);

test('whoever never came is absent from the end on, once; whoever sits is not', async ({ ctx }) => {
	const { exam, candidates } = await aPublishedExam(ctx);
	const [sitting, ...others] = candidates;
	await aStart(asCandidate(at(ctx, '03:30'), sitting!), exam);
	expect(await closeExams(at(ctx, '03:59'))).toBe(0);
	expect(await closeExams(at(ctx, '04:00'))).toBe(2);
	expect(await closeExams(at(ctx, '04:01'))).toBe(0);
	const rows = await outcomes(ctx, exam);
	expect(rows.get(sitting!.id)).toBeNull();
	expect(others.map(({ id }) => rows.get(id))).toEqual(['absent', 'absent']);
});

test('whoever has extra time may still come', async ({ ctx }) => {
	const { exam, candidates } = await aPublishedExam(ctx, { candidates: 1 });
	const personId = candidates[0]!.id;
	const given = { examId: exam.id, personId, extraMinutes: 30, pauseMinutes: 0, because: '视力障碍' };
	await accommodate(await asLegal(ctx), given);
	expect(await closeExams(at(ctx, '04:10'))).toBe(0);
	expect(await closeExams(at(ctx, '04:30'))).toBe(1);
});

test('nobody is absent from a mock exam or from one that was called off', async ({ ctx }) => {
	const mock = await aPublishedExam(ctx, { kind: 'mock', candidates: 1 });
	const called = await aPublishedExam(ctx, { candidates: 1 });
	await cancelExam(await asLegal(ctx), { examId: called.exam.id, because: '停电' });
	expect(await closeExams(at(ctx, '05:00'))).toBe(0);
	for (const { exam } of [mock, called]) expect([...(await outcomes(ctx, exam)).values()]).toEqual([null]);
});
