import { expect } from 'vitest';
import { examIncidents } from '#db/schema/exam-sittings.ts';
import { answerByForm } from '#lib/server/exams/sitting/answer-by-form.ts';
import { listExamsAhead, listOwnExams } from '#lib/server/exams/sitting/list-own-exams.ts';
import { readClock } from '#lib/server/exams/sitting/read-clock.ts';
import { readOwnExam } from '#lib/server/exams/sitting/read-own-exam.ts';
import { readSitting } from '#lib/server/exams/sitting/read-sitting.ts';
import { mostIncidents, reportIncident } from '#lib/server/exams/sitting/report-incident.ts';
import { submitAttempt } from '#lib/server/exams/sitting/submit-attempt.ts';
import { takeOver } from '#lib/server/exams/sitting/take-over.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { answersFor, aPublishedExam, asCandidate, aSitting, aStart, aWriter } from '#tests/factories/exams.ts';
import { test } from '#tests/setup/test.ts';

const later = <Ctx extends Context>(ctx: Ctx, minutes: number): Ctx => ({
	...ctx,
	now: new Date(ctx.now.getTime() + minutes * 60_000)
});

async function begun(ctx: Context, values: Parameters<typeof aPublishedExam>[1] = {}) {
	const { exam, candidates } = await aPublishedExam(ctx, values);
	const candidate = asCandidate(ctx, candidates[0]!);
	return { exam, candidates, candidate, attemptId: await aStart(candidate, exam) };
}

test('the paper is shown to the page that writes, without a trace of its key', async ({ ctx }) => {
	const { exam, candidate } = await begun(ctx);
	const sitting = await readSitting(candidate, exam.id, aWriter);
	expect(sitting?.slots).toHaveLength(5);
	expect(sitting?.slots[0]).toMatchObject({ slot: 1, section: '单项选择', revision: 0, savedAt: null });
	expect(JSON.stringify(sitting)).not.toMatch(/key|why|explanation|correct|不算/);
});

test('another page learns that the paper is being sat, and nothing that is asked', async ({ ctx }) => {
	const { exam, candidate } = await begun(ctx);
	expect(await readSitting(candidate, exam.id, 'page-two')).toMatchObject({ writer: null, slots: [] });
});

test('nothing is shown once the time and the grace are over, or to people it does not name', async ({ ctx }) => {
	const { exam, candidate, candidates } = await begun(ctx);
	expect(await readSitting(later(candidate, 61), exam.id, aWriter)).toBeDefined();
	expect(await readSitting(later(candidate, 62), exam.id, aWriter)).toBeUndefined();
	expect(await readSitting(asCandidate(ctx, candidates[1]!), exam.id, aWriter)).toBeUndefined();
	const stranger = asCandidate(ctx, (await aPublishedExam(ctx)).candidates[0]!);
	await expect(readSitting(stranger, exam.id, aWriter)).rejects.toThrow('exam.not-found');
	await expect(readOwnExam(stranger, exam.id)).rejects.toThrow('exam.not-found');
});

test('an exam comes to the candidate with its own time and parts, and without what is secret', async ({ ctx }) => {
	const { exam, candidates } = await aPublishedExam(ctx, { accessCode: 'mingfa-1' });
	const shown = await readOwnExam(asCandidate(ctx, candidates[0]!), exam.id);
	expect(shown).toMatchObject({ standing: 'open', questions: 5, total: 10, needsCode: true, attempts: [], open: null });
	expect(shown.sections).toMatchObject([{ title: '单项选择', count: 5, points: 2 }]);
	expect(JSON.stringify(shown)).not.toContain('mingfa-1');
});

test('the clock tells a page that it may write no more', async ({ ctx }) => {
	const { candidate, candidates, attemptId } = await begun(ctx);
	const asking = { attemptId, writer: aWriter, address: '127.0.0.1' };
	expect(await readClock(candidate, asking)).toMatchObject({ isOpen: true, isWriter: true, now: ctx.now });
	await takeOver(candidate, { attemptId, writer: 'page-two' });
	expect(await readClock(candidate, asking)).toMatchObject({ isOpen: true, isWriter: false });
	await submitAttempt(candidate, attemptId);
	expect(await readClock(candidate, { ...asking, writer: 'page-two' })).toMatchObject({ isOpen: false });
	await expect(readClock(asCandidate(ctx, candidates[1]!), asking)).rejects.toThrow('attempt.not-found');
});

test('going on from outside the places of an exam is noted once for each address, and stops nobody', async ({
	ctx
}) => {
	const { candidate, attemptId } = await begun(ctx, { addressRanges: ['127.0.0.0/8'] });
	const from = (address: string) => readClock(candidate, { attemptId, writer: aWriter, address });
	await from('127.0.0.9');
	expect(await ctx.db.$count(examIncidents)).toBe(0);
	for (const address of ['192.0.2.1', '192.0.2.1', '192.0.2.2'])
		expect(await from(address)).toMatchObject({ isOpen: true, isWriter: true });
	expect(await ctx.db.select().from(examIncidents)).toMatchObject([
		{ kind: 'address-changed', detail: { address: '192.0.2.1' } },
		{ kind: 'address-changed', detail: { address: '192.0.2.2' } }
	]);
});

test('an exam that is sat from anywhere notes no addresses', async ({ ctx }) => {
	const { candidate, attemptId } = await begun(ctx);
	await readClock(candidate, { attemptId, writer: aWriter, address: '192.0.2.1' });
	expect(await ctx.db.$count(examIncidents)).toBe(0);
});

test('incidents are kept while the paper is open, so many and no more, for the own paper only', async ({ ctx }) => {
	const { candidate, candidates, attemptId } = await begun(ctx);
	const incident = { attemptId, kind: 'focus-lost' as const, seconds: 7 };
	await reportIncident(asCandidate(ctx, candidates[1]!), incident);
	expect(await ctx.db.$count(examIncidents)).toBe(0);
	await reportIncident(candidate, incident);
	expect(await ctx.db.select().from(examIncidents)).toMatchObject([{ kind: 'focus-lost', detail: { seconds: 7 } }]);
	for (let sent = 0; sent < mostIncidents + 5; sent++) await reportIncident(candidate, incident);
	expect(await ctx.db.$count(examIncidents)).toBe(mostIncidents);
});

test('a page without a script saves what was sent last, and gives no receipt for looking', async ({ ctx }) => {
	const { exam, candidate, attemptId } = await begun(ctx);
	const [first] = await answersFor(ctx, attemptId);
	const { response } = first!;
	const form = { exam: exam.id, attemptId, writer: aWriter, slot: 1, to: '2', flagged: false, response: null };
	expect(await answerByForm(candidate, form)).toBe('2');
	const slot = async () => (await readSitting(candidate, exam.id, aWriter))!.slots[0]!;
	expect(await slot()).toMatchObject({ revision: 0, savedAt: null });

	await answerByForm(candidate, { ...form, response });
	await answerByForm(candidate, { ...form, response, flagged: true });
	expect(await slot()).toMatchObject({ revision: 2, flagged: true, savedAt: ctx.now, question: { answer: response } });
});

test('a paper answered faster than it can be read is noted for a human', async ({ ctx }) => {
	const { exam, candidates } = await aPublishedExam(ctx, { bank: 12, sections: [{ count: 10 }] });
	await aSitting(ctx, exam, candidates[0]!);
	expect(await ctx.db.select().from(examIncidents)).toMatchObject([
		{ kind: 'unusually-fast', detail: { seconds: 0, answered: 10 } }
	]);
});

test('own exams are listed with their standing; results wait for release', async ({ ctx }) => {
	const { exam, candidates } = await aPublishedExam(ctx);
	const candidate = asCandidate(ctx, candidates[0]!);
	expect(await listOwnExams(candidate)).toMatchObject([{ id: exam.id, standing: 'open', score: null }]);
	expect(await listExamsAhead(candidate)).toHaveLength(1);
	expect(await listExamsAhead(later(candidate, -8 * 24 * 60))).toHaveLength(0);
	await aSitting(ctx, exam, candidates[0]!);
	expect(await listOwnExams(candidate)).toMatchObject([{ standing: 'handed-in', score: null, outcome: null }]);
	expect(await listExamsAhead(candidate)).toHaveLength(0);
});
