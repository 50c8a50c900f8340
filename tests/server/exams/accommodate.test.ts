import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { auditEntries } from '#db/schema/audit.ts';
import { examCandidates } from '#db/schema/exam-candidates.ts';
import { accommodate } from '#lib/server/exams/accommodate.ts';
import { cancelExam } from '#lib/server/exams/cancel-exam.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { aPublishedExam, aStart, asCandidate, asLegal, attemptOf } from '../../factories/exams.ts';
import { test } from '../../setup/test.ts';

async function aCandidate(base: Context) {
	const ctx = await asLegal(base);
	const { exam, candidates } = await aPublishedExam(base, { candidates: 1 });
	const person = candidates[0]!;
	const give = (extraMinutes: number, pauseMinutes: number, because: string | null) =>
		accommodate(ctx, { examId: exam.id, personId: person.id, extraMinutes, pauseMinutes, because });
	const deadline = async () => (await attemptOf(ctx, exam, person)).deadlineAt?.toISOString();
	return { ctx, exam, person, give, deadline };
}

test('moves the deadline of whoever is sitting, and back', async ({ ctx: base }) => {
	const { exam, person, give, deadline } = await aCandidate(base);
	await aStart(asCandidate(base, person), exam);
	expect(await deadline()).toBe('2026-11-23T03:00:00.000Z');
	await give(20, 0, '视力障碍');
	expect(await deadline()).toBe('2026-11-23T03:20:00.000Z');
	await give(0, 0, null);
	expect(await deadline()).toBe('2026-11-23T03:00:00.000Z');
});

test('is on record with the minutes and without the reason', async ({ ctx: base }) => {
	const { ctx, exam, person, give } = await aCandidate(base);
	await give(15, 5, '妊娠');
	const [row] = await ctx.db.select().from(examCandidates).where(eq(examCandidates.personId, person.id));
	expect(row).toMatchObject({ extraMinutes: 15, pauseMinutes: 5, accommodatedBecause: '妊娠' });
	const [line] = await ctx.db.select().from(auditEntries).where(eq(auditEntries.action, 'candidate.accommodated'));
	expect(line?.details).toEqual({ examId: exam.id, extraMinutes: 15, pauseMinutes: 5 });
});

test('never without a reason, in one’s own case, or after the exam was called off', async ({ ctx: base }) => {
	const { ctx, exam, person, give } = await aCandidate(base);
	const own = { ...ctx, actor: { ...ctx.actor, personId: person.id } };
	const input = { examId: exam.id, personId: person.id, extraMinutes: 5, pauseMinutes: 0, because: '视力障碍' };
	await expect(accommodate(own, input)).rejects.toMatchObject({ code: 'access.own-case' });
	await cancelExam(ctx, { examId: exam.id, because: '停电' });
	await expect(give(5, 0, '视力障碍')).rejects.toMatchObject({ code: 'exam.not-published' });
});
