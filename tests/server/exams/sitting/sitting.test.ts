import { and, eq } from 'drizzle-orm';
import * as v from 'valibot';
import { expect } from 'vitest';
import { examCandidates } from '#db/schema/exam-candidates.ts';
import { examAnswers, examAttempts, examIncidents, examLateAnswers } from '#db/schema/exam-sittings.ts';
import { answer } from '#lib/schemas/answers.ts';
import { accommodate } from '#lib/server/exams/accommodate.ts';
import { cancelExam } from '#lib/server/exams/cancel-exam.ts';
import { closeExams } from '#lib/server/exams/close-exams.ts';
import { releaseExam } from '#lib/server/exams/marking/release-exam.ts';
import { listOwnExams } from '#lib/server/exams/sitting/list-own-exams.ts';
import { readPaper } from '#lib/server/exams/sitting/read-paper.ts';
import { saveAnswer } from '#lib/server/exams/sitting/save-answer.ts';
import { startAttempt } from '#lib/server/exams/sitting/start-attempt.ts';
import { submitAttempt } from '#lib/server/exams/sitting/submit-attempt.ts';
import { submitDue } from '#lib/server/exams/sitting/submit-due.ts';
import { takeOver } from '#lib/server/exams/sitting/take-over.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { violatedConstraint } from '#lib/server/platform/errors.ts';
import {
	answersFor,
	aPublishedExam,
	asCandidate,
	asLegal,
	aSitting,
	aStart,
	attemptOf,
	aWriter,
	type Exam
} from '#tests/factories/exams.ts';
import type { Person } from '#tests/factories/people.ts';
import { test } from '#tests/setup/test.ts';

const later = <Ctx extends Context>(ctx: Ctx, minutes: number): Ctx => ({
	...ctx,
	now: new Date(ctx.now.getTime() + minutes * 60_000)
});

const slotOf = async (ctx: Context, attemptId: string, slot: number) => {
	const [row] = await ctx.db
		.select()
		.from(examAnswers)
		.where(and(eq(examAnswers.attemptId, attemptId), eq(examAnswers.slot, slot)));
	return row!;
};

const candidateOf = async (ctx: Context, exam: Exam, person: Person) => {
	const [row] = await ctx.db
		.select()
		.from(examCandidates)
		.where(and(eq(examCandidates.examId, exam.id), eq(examCandidates.personId, person.id)));
	return row!;
};

/** An exam, its first candidate at work, and what they would answer. */
async function begun(ctx: Context, values: Parameters<typeof aPublishedExam>[1] = {}) {
	const { exam, candidates } = await aPublishedExam(ctx, values);
	const person = candidates[0]!;
	const candidate = asCandidate(ctx, person);
	const attemptId = await aStart(candidate, exam);
	const answers = await answersFor(ctx, attemptId);
	return { exam, person, candidate, attemptId, answers, others: candidates.slice(1) };
}

test('starts the paper that lies ready, and goes on with it', async ({ ctx }) => {
	const { exam, person, candidate, attemptId } = await begun(ctx);
	expect(await aStart(candidate, exam)).toBe(attemptId);
	const attempt = await attemptOf(ctx, exam, person);
	expect(attempt).toMatchObject({ id: attemptId, state: 'open', writer: aWriter, startedAt: ctx.now });
	expect(attempt.deadlineAt).toEqual(new Date(ctx.now.getTime() + 60 * 60_000));
});

test('keeps an answer, gives a receipt, and gives the same one when it is sent again', async ({ ctx }) => {
	const { candidate, attemptId, answers } = await begun(ctx);
	const save = { attemptId, slot: 1, revision: 1, writer: aWriter, response: answers[0]!.response };
	const receipt = await saveAnswer(candidate, save);
	expect(receipt).toEqual({ slot: 1, revision: 1, at: ctx.now, counts: true });
	expect(await saveAnswer(later(candidate, 1), save)).toEqual(receipt);
});

test('another answer under a revision that is taken is kept after it, not acknowledged and lost', async ({ ctx }) => {
	const { candidate, attemptId } = await begun(ctx);
	const save = { attemptId, slot: 1, revision: 1, writer: aWriter };
	await saveAnswer(candidate, { ...save, response: { kind: 'single', chosen: ['A'] } });
	await takeOver(candidate, { attemptId, writer: 'page-two' });

	const late = { ...save, writer: 'page-two', response: { kind: 'single' as const, chosen: ['B' as const] } };
	expect(await saveAnswer(candidate, late)).toMatchObject({ revision: 2, counts: true });
	const kept = await slotOf(ctx, attemptId, 1);
	const stated = kept.optionOrder ? kept.optionOrder[1] : 'B';
	expect(kept).toMatchObject({ revision: 2, response: { kind: 'single', chosen: [stated] } });
	expect(await saveAnswer(candidate, { ...late, revision: 2 })).toMatchObject({ revision: 2, counts: true });
});

test('what no database keeps as text is left out of an answer', () => {
	const parsed = v.parse(answer, { kind: 'essay', text: '甲\0乙\ud83d' });
	expect(parsed).toEqual({ kind: 'essay', text: '甲乙\ufffd' });
});

test('an older revision that arrives late changes nothing', async ({ ctx }) => {
	const { candidate, attemptId, answers } = await begun(ctx);
	const { response } = answers[0]!;
	await saveAnswer(candidate, { attemptId, slot: 1, revision: 3, writer: aWriter, response });
	const receipt = await saveAnswer(candidate, { attemptId, slot: 1, revision: 2, writer: aWriter, response: null });
	expect(receipt.revision).toBe(3);
	expect((await slotOf(ctx, attemptId, 1)).response).not.toBeNull();
});

test('an answer can be taken back and flagged', async ({ ctx }) => {
	const { candidate, attemptId, answers } = await begun(ctx);
	const { response } = answers[0]!;
	await saveAnswer(candidate, { attemptId, slot: 1, revision: 1, writer: aWriter, response, flagged: true });
	await saveAnswer(candidate, { attemptId, slot: 1, revision: 2, writer: aWriter, response: null });
	expect(await slotOf(ctx, attemptId, 1)).toMatchObject({ response: null, flagged: true, revision: 2 });
});

test('refuses an answer of another shape, and another person altogether', async ({ ctx }) => {
	const { candidate, attemptId, answers, others } = await begun(ctx);
	const save = { attemptId, slot: 1, revision: 1, writer: aWriter };
	await expect(saveAnswer(candidate, { ...save, response: { kind: 'true-false', value: true } })).rejects.toMatchObject(
		{
			code: 'answer.unfit'
		}
	);
	await expect(saveAnswer(candidate, { ...save, response: { kind: 'single', chosen: ['H'] } })).rejects.toMatchObject({
		code: 'answer.unfit'
	});
	const stranger = asCandidate(ctx, others[0]!);
	await expect(saveAnswer(stranger, { ...save, response: answers[0]!.response })).rejects.toMatchObject({
		code: 'attempt.not-found'
	});
});

test('another page takes over; what the first one still sends is kept and does not count', async ({ ctx }) => {
	const { exam, candidate, attemptId, answers } = await begun(ctx);
	const { response } = answers[0]!;
	await expect(aStart(candidate, exam, 'page-two')).rejects.toMatchObject({ code: 'attempt.elsewhere' });
	await takeOver(candidate, { attemptId, writer: 'page-two' });
	await takeOver(candidate, { attemptId, writer: 'page-two' });

	await expect(
		saveAnswer(candidate, { attemptId, slot: 1, revision: 1, writer: aWriter, response })
	).rejects.toMatchObject({ code: 'attempt.superseded' });
	expect(await slotOf(ctx, attemptId, 1)).toMatchObject({ response: null });
	expect(await ctx.db.select().from(examLateAnswers)).toMatchObject([
		{ slot: 1, reason: 'superseded', writer: aWriter }
	]);
	expect(await ctx.db.select().from(examIncidents)).toMatchObject([{ kind: 'taken-over' }]);
	const receipt = await saveAnswer(candidate, { attemptId, slot: 1, revision: 1, writer: 'page-two', response });
	expect(receipt.counts).toBe(true);
});

test('takes answers within two minutes after the deadline, and keeps later ones unscored', async ({ ctx }) => {
	const { candidate, attemptId, answers } = await begun(ctx, { minutes: 10 });
	const save = { attemptId, slot: 1, revision: 1, writer: aWriter, response: answers[0]!.response };
	expect((await saveAnswer(later(candidate, 11.9), save)).counts).toBe(true);
	expect((await saveAnswer(later(candidate, 12), { ...save, slot: 2, response: answers[1]!.response })).counts).toBe(
		false
	);
	expect(await slotOf(ctx, attemptId, 2)).toMatchObject({ response: null });
	expect(await ctx.db.select().from(examLateAnswers)).toMatchObject([{ slot: 2, reason: 'late' }]);
});

test('handing in marks at once, and handing in again changes nothing', async ({ ctx }) => {
	const { exam, candidates } = await aPublishedExam(ctx, { candidates: 2 });
	const attemptId = await aSitting(ctx, exam, candidates[0]!, { wrong: 1 });
	const attempt = await attemptOf(ctx, exam, candidates[0]!);
	expect(attempt).toMatchObject({ id: attemptId, state: 'marked', score: 8, submittedBy: 'person' });
	expect(await candidateOf(ctx, exam, candidates[0]!)).toMatchObject({ outcome: 'passed', score: 8, excellent: false });

	const again = await submitAttempt(later(asCandidate(ctx, candidates[0]!), 5), attemptId);
	expect(again).toEqual(ctx.now);
	const late = { attemptId, slot: 1, revision: 9, writer: aWriter, response: null };
	expect((await saveAnswer(asCandidate(ctx, candidates[0]!), late)).counts).toBe(false);
	expect(await attemptOf(ctx, exam, candidates[0]!)).toMatchObject({ score: 8 });
});

test('the database itself refuses to change an answer that was handed in', async ({ ctx }) => {
	const { exam, candidates } = await aPublishedExam(ctx, { candidates: 1 });
	const attemptId = await aSitting(ctx, exam, candidates[0]!);
	const tamper = ctx.db.transaction((db) =>
		db
			.update(examAnswers)
			.set({ response: { kind: 'single', chosen: ['A'] } })
			.where(eq(examAnswers.attemptId, attemptId))
	);
	await expect(tamper).rejects.toSatisfy(
		(error) => violatedConstraint(error) === undefined && String((error as Error).cause).includes('not changed after')
	);
});

test('hands in what ran out of time, once, as of its deadline, although nobody was there', async ({ ctx }) => {
	const { exam, person, attemptId, candidate, answers } = await begun(ctx, { minutes: 10 });
	await saveAnswer(candidate, { attemptId, slot: 1, revision: 1, writer: aWriter, response: answers[0]!.response });
	expect(await submitDue(later(ctx, 11))).toBe(0);
	expect(await submitDue(later(ctx, 300))).toBe(1);
	expect(await submitDue(later(ctx, 301))).toBe(0);
	expect(await attemptOf(ctx, exam, person)).toMatchObject({
		state: 'marked',
		submittedBy: 'deadline',
		submittedAt: new Date(ctx.now.getTime() + 10 * 60_000),
		score: 2
	});
	expect(await candidateOf(ctx, exam, person)).toMatchObject({ outcome: 'failed' });
});

test('writes down who was absent once the window is over', async ({ ctx }) => {
	const { exam, candidates } = await aPublishedExam(ctx, { candidates: 2 });
	await aSitting(ctx, exam, candidates[0]!);
	expect(await closeExams(ctx)).toBe(0);
	expect(await closeExams(later(ctx, 121))).toBe(1);
	expect(await closeExams(later(ctx, 122))).toBe(0);
	expect(await candidateOf(ctx, exam, candidates[1]!)).toMatchObject({ outcome: 'absent', score: null });
});

test('draws another paper for a further attempt, after the wait, while attempts are left', async ({ ctx }) => {
	const { exam, candidates } = await aPublishedExam(ctx, { candidates: 1, attempts: 2, waitMinutes: 10 });
	await aSitting(ctx, exam, candidates[0]!, { wrong: 4 });
	const candidate = asCandidate(ctx, candidates[0]!);
	await expect(aStart(later(candidate, 9), exam)).rejects.toMatchObject({ code: 'attempt.wait' });
	await aSitting(later(ctx, 10), exam, candidates[0]!, { wrong: 1 });
	expect(await candidateOf(ctx, exam, candidates[0]!)).toMatchObject({ score: 8, outcome: 'passed' });
	await expect(aStart(later(candidate, 30), exam)).rejects.toMatchObject({ code: 'attempt.none-left' });
});

test('asks for the code of the room and for the right place', async ({ ctx }) => {
	const { exam, candidates } = await aPublishedExam(ctx, {
		candidates: 1,
		accessCode: 'Yunting',
		addressRanges: ['10.8.0.0/16']
	});
	const start = { examId: exam.id, writer: aWriter, address: '10.8.3.4' };
	const candidate = asCandidate(ctx, candidates[0]!);
	await expect(startAttempt(candidate, start)).rejects.toMatchObject({ code: 'exam.access-code', field: 'accessCode' });
	await expect(startAttempt(candidate, { ...start, accessCode: 'yunting', address: '10.9.0.1' })).rejects.toMatchObject(
		{ code: 'exam.address' }
	);
	expect(await startAttempt(candidate, { ...start, accessCode: ' yunting ' })).toBeTruthy();
});

test('lets nobody in who is not a candidate', async ({ ctx }) => {
	const { exam } = await aPublishedExam(ctx, { candidates: 1 });
	const { candidates: others } = await aPublishedExam(ctx, { candidates: 1, bank: 0 });
	await expect(aStart(asCandidate(ctx, others[0]!), exam)).rejects.toMatchObject({ code: 'exam.not-found' });
});

test('keeps what was asked as it was asked', async ({ ctx }) => {
	const { attemptId } = await begun(ctx);
	const tamper = ctx.db.transaction((db) =>
		db.update(examAnswers).set({ points: 50 }).where(eq(examAnswers.attemptId, attemptId))
	);
	await expect(tamper).rejects.toThrow();
	const [attempt] = await ctx.db.select().from(examAttempts).where(eq(examAttempts.id, attemptId));
	expect(attempt?.state).toBe('open');
});

test('whoever gets more time after the window is not absent any more', async ({ ctx }) => {
	const { exam, candidates } = await aPublishedExam(ctx, { candidates: 1 });
	const [person] = candidates;
	const after = later(ctx, 121);
	await closeExams(after);
	expect((await candidateOf(ctx, exam, person!)).outcome).toBe('absent');
	const legal = await asLegal(after);
	const more = { examId: exam.id, personId: person!.id, extraMinutes: 30, pauseMinutes: 0, because: '设备故障' };
	await accommodate(legal, more);
	expect((await candidateOf(ctx, exam, person!)).outcome).toBeNull();
});

test('results of an exam that shows nothing stay out of the list', async ({ ctx }) => {
	const { exam, candidates } = await aPublishedExam(ctx, { candidates: 1, reviewAfterClose: 'nothing' });
	await aSitting(ctx, exam, candidates[0]!);
	const after = later(ctx, 24 * 60);
	await releaseExam(await asLegal(after), exam.id);
	const [own] = await listOwnExams(asCandidate(after, candidates[0]!));
	expect(own).toMatchObject({ score: null, outcome: null, excellent: false });
});

test('a mock exam may ask again what it has explained', async ({ ctx }) => {
	const review = { reviewNow: 'explanations', reviewAfterClose: 'explanations' } as const;
	const { exam, candidates } = await aPublishedExam(ctx, {
		kind: 'mock',
		attempts: 20,
		bank: 5,
		candidates: 1,
		...review
	});
	const candidate = asCandidate(ctx, candidates[0]!);
	await readPaper(candidate, exam.id, await aSitting(ctx, exam, candidates[0]!));
	await aStart(candidate, exam);
	expect(await attemptOf(ctx, exam, candidates[0]!, 2)).toMatchObject({ state: 'open', total: 10 });
});

test('an exam on one device asks before another goes on; any other lets it, and the former saves no more', async ({
	ctx
}) => {
	const strict = await begun(ctx);
	await expect(aStart(strict.candidate, strict.exam, 'page-two')).rejects.toThrow('attempt.elsewhere');

	const { exam, candidate, attemptId, answers } = await begun(ctx, { oneDevice: false });
	expect(await aStart(candidate, exam, 'page-two')).toBe(attemptId);
	const save = { attemptId, slot: 1, revision: 1, response: answers[0]!.response };
	await expect(saveAnswer(candidate, { ...save, writer: aWriter })).rejects.toThrow('attempt.superseded');
	expect(await saveAnswer(candidate, { ...save, writer: 'page-two' })).toMatchObject({ counts: true });
});

test('nobody takes a sitting out of the places where an exam is sat', async ({ ctx }) => {
	const { exam, candidates } = await aPublishedExam(ctx, { candidates: 1, addressRanges: ['10.12.0.0/16'] });
	const candidate = asCandidate(ctx, candidates[0]!);
	const start = { examId: exam.id, writer: aWriter, address: '10.12.3.4' };
	const attemptId = await startAttempt(candidate, start);
	const elsewhere = { attemptId, writer: 'page-two', address: '192.0.2.1' };
	await expect(takeOver(candidate, elsewhere)).rejects.toThrow('exam.address');
	await takeOver(candidate, { ...elsewhere, address: '10.12.9.9' });
});

test('nobody has passed an exam that was called off', async ({ ctx }) => {
	const { exam, candidates } = await aPublishedExam(ctx, { candidates: 1 });
	await aSitting(ctx, exam, candidates[0]!);
	expect((await candidateOf(ctx, exam, candidates[0]!)).outcome).toBe('passed');
	await cancelExam(await asLegal(ctx), { examId: exam.id, because: '试题外泄' });
	expect(await candidateOf(ctx, exam, candidates[0]!)).toMatchObject({ score: null, outcome: null, excellent: false });
});
