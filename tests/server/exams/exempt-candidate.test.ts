import { and, eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { auditEntries } from '#db/schema/audit.ts';
import { examCandidates } from '#db/schema/exam-candidates.ts';
import { examAnswers, examAttempts } from '#db/schema/exam-sittings.ts';
import { closeExams } from '#lib/server/exams/close-exams.ts';
import { exemptCandidate, revokeExemption } from '#lib/server/exams/exempt-candidate.ts';
import { preparePapers } from '#lib/server/exams/prepare-papers.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { aPublishedExam, aStart, asCandidate, asLegal, attemptOf } from '../../factories/exams.ts';
import { aPerson } from '../../factories/people.ts';
import { as, aUnit } from '../../factories/units.ts';
import { test } from '../../setup/test.ts';

async function aCandidate(base: Context) {
	const ctx = await asLegal(base);
	const { exam, candidates } = await aPublishedExam(base, { candidates: 1 });
	const [person] = candidates;
	const at = { examId: exam.id, personId: person!.id };
	const row = async () =>
		(
			await ctx.db
				.select()
				.from(examCandidates)
				.where(and(eq(examCandidates.examId, at.examId), eq(examCandidates.personId, at.personId)))
		)[0]!;
	return { ctx, exam, person: person!, at, row };
}

test('takes back the paper that nobody has seen, and says so without the reason', async ({ ctx: base }) => {
	const { ctx, exam, at, row } = await aCandidate(base);
	await exemptCandidate(ctx, { ...at, because: '因病住院' });
	expect(await row()).toMatchObject({ status: 'exempt', exemptBecause: '因病住院', outcome: null });
	expect(await ctx.db.$count(examAttempts, eq(examAttempts.examId, exam.id))).toBe(0);
	expect(await ctx.db.$count(examAnswers)).toBe(0);
	const [line] = await ctx.db.select().from(auditEntries).where(eq(auditEntries.action, 'candidate.exempted'));
	expect(line).toMatchObject({ actorId: ctx.actor.personId, subjectId: at.personId, details: { examId: exam.id } });
	expect(JSON.stringify(line)).not.toContain('住院');
});

test('somebody exempt is not absent afterwards', async ({ ctx: base }) => {
	const { ctx, at, row } = await aCandidate(base);
	await exemptCandidate(ctx, { ...at, because: '出差' });
	await closeExams({ ...base, now: new Date('2026-11-23T05:00:00Z') });
	expect((await row()).outcome).toBeNull();
});

test('not twice, not in one’s own case, not after it was begun', async ({ ctx: base }) => {
	const { ctx, exam, person, at } = await aCandidate(base);
	const own = { ...ctx, actor: { ...ctx.actor, personId: person.id } };
	await expect(exemptCandidate(own, { ...at, because: '事假' })).rejects.toMatchObject({ code: 'access.own-case' });
	await aStart(asCandidate(base, person), exam);
	await expect(exemptCandidate(ctx, { ...at, because: '事假' })).rejects.toMatchObject({ code: 'attempt.begun' });
	const another = await aCandidate(base);
	await exemptCandidate(ctx, { ...another.at, because: '事假' });
	await expect(exemptCandidate(ctx, { ...another.at, because: '事假' })).rejects.toMatchObject({ code: 'exam.exempt' });
});

test('an exemption taken back makes the person due again, with a paper', async ({ ctx: base }) => {
	const { ctx, exam, person, at, row } = await aCandidate(base);
	await expect(revokeExemption(ctx, at)).rejects.toMatchObject({ code: 'exam.not-exempt' });
	await exemptCandidate(ctx, { ...at, because: '因病住院' });
	await revokeExemption(ctx, at);
	expect(await row()).toMatchObject({ status: 'due', exemptBecause: null });
	await preparePapers(base, exam.id);
	expect((await attemptOf(ctx, exam, person)).state).toBe('prepared');
});

test('who does not hold the exam finds no such exam; nobody finds a person who is no candidate', async ({
	ctx: base
}) => {
	const { ctx, at } = await aCandidate(base);
	const unit = await aUnit(base);
	const stranger = as(base, (await aPerson(base, { unit })).id, { role: 'legal', unit });
	await expect(exemptCandidate(stranger, { ...at, because: '事假' })).rejects.toMatchObject({ failure: 'not-found' });
	const { id: personId } = await aPerson(base);
	await expect(exemptCandidate(ctx, { ...at, personId, because: '事假' })).rejects.toMatchObject({
		code: 'candidate.not-found'
	});
});
