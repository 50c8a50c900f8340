import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { auditEntries } from '#db/schema/audit.ts';
import { examCandidates } from '#db/schema/exam-candidates.ts';
import { examAnswers } from '#db/schema/exam-sittings.ts';
import { exams } from '#db/schema/exams.ts';
import { notifications } from '#db/schema/notifications.ts';
import { cancelExam } from '#lib/server/exams/cancel-exam.ts';
import { exemptCandidate } from '#lib/server/exams/exempt-candidate.ts';
import { aPublishedExam, aSitting, asLegal } from '../../factories/exams.ts';
import { aPerson } from '../../factories/people.ts';
import { as, aUnit } from '../../factories/units.ts';
import { test } from '../../setup/test.ts';

const because = '考点停电';

test('nobody has passed or missed it, and what was answered stays', async ({ ctx: base }) => {
	const ctx = await asLegal(base);
	const { exam, candidates } = await aPublishedExam(base);
	const attemptId = await aSitting(base, exam, candidates[0]!);
	await cancelExam(ctx, { examId: exam.id, because });
	const rows = await ctx.db.select().from(examCandidates).where(eq(examCandidates.examId, exam.id));
	expect(rows.map(({ outcome, score }) => [outcome, score])).toEqual(Array(3).fill([null, null]));
	const answers = await ctx.db.select().from(examAnswers).where(eq(examAnswers.attemptId, attemptId));
	expect(answers.every(({ response }) => response !== null)).toBe(true);
});

test('tells those who were due, not those who were exempt, and why', async ({ ctx: base }) => {
	const ctx = await asLegal(base);
	const { exam, candidates } = await aPublishedExam(base);
	await exemptCandidate(ctx, { examId: exam.id, personId: candidates[0]!.id, because: '出差' });
	await cancelExam(ctx, { examId: exam.id, because });
	const told = await ctx.db.select().from(notifications).where(eq(notifications.kind, 'exam_cancelled'));
	expect(told.map(({ personId }) => personId).sort()).toEqual([candidates[1]!.id, candidates[2]!.id].sort());
	expect(told[0]!.values).toMatchObject({ because });
});

test('a line for the exam and one for each paper', async ({ ctx: base }) => {
	const ctx = await asLegal(base);
	const { exam } = await aPublishedExam(base);
	await cancelExam(ctx, { examId: exam.id, because });
	const [line] = await ctx.db.select().from(auditEntries).where(eq(auditEntries.action, 'exam.cancelled'));
	expect(line).toMatchObject({ subjectId: exam.id, details: { attempts: 3 } });
	expect(await ctx.db.$count(auditEntries, eq(auditEntries.action, 'attempt.voided'))).toBe(3);
});

test('not twice, not after the results are out, not by others', async ({ ctx: base }) => {
	const ctx = await asLegal(base);
	const { exam } = await aPublishedExam(base);
	const unit = await aUnit(base);
	const stranger = as(base, (await aPerson(base, { unit })).id, { role: 'legal', unit });
	await expect(cancelExam(stranger, { examId: exam.id, because })).rejects.toMatchObject({ code: 'exam.not-found' });
	await cancelExam(ctx, { examId: exam.id, because });
	await expect(cancelExam(ctx, { examId: exam.id, because })).rejects.toMatchObject({ code: 'exam.cancelled' });
	const other = await aPublishedExam(base);
	await ctx.db.update(exams).set({ state: 'released', releasedAt: ctx.now }).where(eq(exams.id, other.exam.id));
	await expect(cancelExam(ctx, { examId: other.exam.id, because })).rejects.toMatchObject({ code: 'exam.released' });
});
