import { and, eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { examCandidates } from '#db/schema/exam-candidates.ts';
import { examAttempts } from '#db/schema/exam-sittings.ts';
import { notifications } from '#db/schema/notifications.ts';
import { accommodate } from '#lib/server/exams/accommodate.ts';
import { cancelExam } from '#lib/server/exams/cancel-exam.ts';
import { closeExams } from '#lib/server/exams/close-exams.ts';
import { extendExam } from '#lib/server/exams/extend-exam.ts';
import { aPublishedExam, aStart, asCandidate, asLegal, attemptOf } from '../../factories/exams.ts';
import { test } from '../../setup/test.ts';

// Published exams of the factory run from 09:00 to 12:00 in Shanghai, sixty minutes each; the test stands at 10:00.
const longer = { closesAt: '2026-11-23T13:00', because: '全省网络中断半小时' };

test('moves the end for everybody and tells them why', async ({ ctx: base }) => {
	const ctx = await asLegal(base);
	const { exam, candidates } = await aPublishedExam(base);
	expect(await extendExam(ctx, { examId: exam.id, ...longer })).toBe(3);

	const rows = await ctx.db.select().from(examCandidates).where(eq(examCandidates.examId, exam.id));
	expect(new Set(rows.map(({ closesAt }) => closesAt.toISOString()))).toEqual(new Set(['2026-11-23T05:00:00.000Z']));
	const told = await ctx.db
		.select()
		.from(notifications)
		.where(and(eq(notifications.personId, candidates[0]!.id), eq(notifications.kind, 'exam_extended')));
	expect(told).toMatchObject([{ values: { because: longer.because } }]);
});

test('gives those who sit the time that the old end had cut off, with their own extra time', async ({ ctx: base }) => {
	const ctx = await asLegal(base);
	const { exam, candidates } = await aPublishedExam(base);
	const [person] = candidates;
	await accommodate(ctx, { examId: exam.id, personId: person!.id, extraMinutes: 10, pauseMinutes: 0, because: '视力' });
	const late = { ...asCandidate(base, person!), now: new Date('2026-11-23T03:40:00Z') };
	await aStart(late, exam);
	expect((await attemptOf(ctx, exam, person!)).deadlineAt?.toISOString()).toBe('2026-11-23T04:10:00.000Z');

	await extendExam({ ...ctx, now: late.now }, { examId: exam.id, ...longer });
	expect((await attemptOf(ctx, exam, person!)).deadlineAt?.toISOString()).toBe('2026-11-23T04:50:00.000Z');
});

test('lets those come who were absent', async ({ ctx: base }) => {
	const ctx = await asLegal(base);
	const { exam, candidates } = await aPublishedExam(base);
	const over = new Date('2026-11-23T04:30:00Z');
	await closeExams({ ...base, now: over });
	await extendExam({ ...ctx, now: over }, { examId: exam.id, ...longer });
	const rows = await ctx.db.select().from(examCandidates).where(eq(examCandidates.examId, exam.id));
	expect(rows.map(({ outcome }) => outcome)).toEqual([null, null, null]);
	await expect(aStart({ ...asCandidate(base, candidates[0]!), now: over }, exam)).resolves.toBeTruthy();
});

test('never shortens, and is for published exams', async ({ ctx: base }) => {
	const ctx = await asLegal(base);
	const { exam } = await aPublishedExam(base);
	const earlier = { examId: exam.id, closesAt: '2026-11-23T11:59', because: '提前' };
	await expect(extendExam(ctx, earlier)).rejects.toMatchObject({ code: 'exam.not-later', field: 'closesAt' });
	await cancelExam(ctx, { examId: exam.id, because: '另行安排' });
	await expect(extendExam(ctx, { examId: exam.id, ...longer })).rejects.toMatchObject({ code: 'exam.not-published' });
});

test('cancelling voids what was begun and tells who was due to sit', async ({ ctx: base }) => {
	const ctx = await asLegal(base);
	const { exam, candidates } = await aPublishedExam(base);
	await aStart(asCandidate(base, candidates[0]!), exam);
	await cancelExam(ctx, { examId: exam.id, because: '另行安排' });
	const attempts = await ctx.db.select().from(examAttempts).where(eq(examAttempts.examId, exam.id));
	expect(attempts.map(({ state }) => state)).toEqual(['voided', 'voided', 'voided']);
	expect(await ctx.db.$count(notifications, eq(notifications.kind, 'exam_cancelled'))).toBe(3);
});
