import { eq, sql } from 'drizzle-orm';
import { expect } from 'vitest';
import { examMarks } from '#db/schema/exam-marking.ts';
import { examAttempts } from '#db/schema/exam-sittings.ts';
import { addMarker, removeMarker } from '#lib/server/exams/marking/change-markers.ts';
import { mendKey } from '#lib/server/exams/marking/mend-key.ts';
import { readAnswerToMark, readMarking } from '#lib/server/exams/marking/marking-queries.ts';
import { giveBack, saveMark } from '#lib/server/exams/marking/save-mark.ts';
import { takeNext } from '#lib/server/exams/marking/take-next.ts';
import { needsSecond } from '#lib/server/exams/marking/written-answers.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { asCandidate, asLegal, aSitting, type Exam } from '#tests/factories/exams.ts';
import { answersOf, aWrittenExam, theAttempt } from '#tests/factories/marking.ts';
import { aPerson } from '#tests/factories/people.ts';
import { as, theProvince } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

/** Somebody named a marker, with no role at all. */
async function aMarker(ctx: Context, exam: Exam) {
	const person = await aPerson(ctx, { unit: await theProvince(ctx) });
	await addMarker(await asLegal(ctx), { examId: exam.id, staffNumber: person.staffNumber });
	return as(ctx, person.id);
}

type Marker = Awaited<ReturnType<typeof aMarker>>;

async function mark(ctx: Marker, exam: Exam, criteria: (number | null)[], final = true): Promise<string> {
	const answer = await takeNext(ctx, exam.id);
	if (!answer) throw new Error('nothing waits for this marker');
	await saveMark(ctx, { examId: exam.id, answer, criteria, comment: '', final });
	return answer;
}

test('one marker gives each answer its points, and the paper is marked with the last', async ({ ctx }) => {
	const { exam, candidates } = await aWrittenExam(ctx);
	const attemptId = await aSitting(ctx, exam, candidates[0]!);
	expect((await theAttempt(ctx, attemptId)).state).toBe('submitted');
	const marker = await aMarker(ctx, exam);

	await mark(marker, exam, [6.67, 1]);
	expect((await theAttempt(ctx, attemptId)).state).toBe('submitted');
	await mark(marker, exam, [5, 0.5]);
	expect(await theAttempt(ctx, attemptId)).toMatchObject({ state: 'marked', score: 13.17 });
	expect(await takeNext(marker, exam.id)).toBeUndefined();
	expect((await readMarking(marker, exam.id)).progress).toMatchObject({ written: 2, done: 2, papers: 0 });
});

test('a marker sees the answer and the rubric in the points of the paper, and nothing of its author', async ({
	ctx
}) => {
	const { exam, candidates } = await aWrittenExam(ctx, { candidates: 1 });
	const attemptId = await aSitting(ctx, exam, candidates[0]!);
	const marker = await aMarker(ctx, exam);
	const code = (await takeNext(marker, exam.id))!;
	const seen = await readAnswerToMark(marker, exam.id, code);
	expect(seen.rubric).toEqual([
		{ criterion: '说出证据', points: 6.67, given: null },
		{ criterion: '说出责任', points: 3.33, given: null }
	]);
	expect(seen.text).toBe('因为口说无凭。');
	const said = JSON.stringify(seen);
	for (const secret of [
		candidates[0]!.id,
		candidates[0]!.name,
		candidates[0]!.staffNumber,
		candidates[0]!.unitId,
		attemptId
	])
		expect(said).not.toContain(secret);
});

test('a draft is kept and shown again; a final mark stands', async ({ ctx }) => {
	const { exam, candidates } = await aWrittenExam(ctx, { candidates: 1 });
	await aSitting(ctx, exam, candidates[0]!);
	const marker = await aMarker(ctx, exam);
	const answer = await mark(marker, exam, [0, null], false);
	expect(await takeNext(marker, exam.id)).toBe(answer);
	expect((await readMarking(marker, exam.id)).waiting).toBe(2);
	const draft = await readAnswerToMark(marker, exam.id, answer);
	expect(draft).toMatchObject({ final: false, rubric: [{ given: 0 }, { given: null }] });

	const save = { examId: exam.id, answer, comment: '要点齐全', final: true };
	await expect(saveMark(marker, { ...save, criteria: [1, null] })).rejects.toThrow('mark.incomplete');
	await expect(saveMark(marker, { ...save, criteria: [6.68, 0] })).rejects.toThrow('mark.points');
	await saveMark(marker, { ...save, criteria: [6, 3] });
	await expect(saveMark(marker, { ...save, criteria: [1, 1] })).rejects.toThrow('mark.final');
	await expect(giveBack(marker, { examId: exam.id, answer })).rejects.toThrow('mark.final');
});

test('two mark independently; their mean counts, or a third decides where they differ', async ({ ctx }) => {
	const { exam, candidates } = await aWrittenExam(ctx, {
		questions: 1,
		candidates: 2,
		secondMarkerShare: 100,
		markerDifference: 2
	});
	const [near, far] = [await aSitting(ctx, exam, candidates[0]!), await aSitting(ctx, exam, candidates[1]!)];
	const [first, second, third] = [await aMarker(ctx, exam), await aMarker(ctx, exam), await aMarker(ctx, exam)];

	await mark(first, exam, [6, 2]);
	await mark(first, exam, [6, 3]);
	expect(await takeNext(first, exam.id)).toBeUndefined();
	await mark(second, exam, [5, 2]); // 8 and 7
	await mark(second, exam, [1, 1]); // 9 and 2
	expect(await takeNext(second, exam.id)).toBeUndefined();

	const scores = async () =>
		(await Promise.all([near, far].map((id) => theAttempt(ctx, id)))).map(({ score }) => score);
	expect((await scores()).toSorted()).toEqual([7.5, null]);
	await mark(third, exam, [4, 2.5]);
	expect((await scores()).toSorted()).toEqual([6.5, 7.5]);
	expect(await takeNext(third, exam.id)).toBeUndefined();
});

test('two markers who ask at once get different answers', async ({ ctx }) => {
	const { exam, candidates } = await aWrittenExam(ctx, { questions: 2, candidates: 1 });
	await aSitting(ctx, exam, candidates[0]!);
	const [first, second] = [await aMarker(ctx, exam), await aMarker(ctx, exam)];
	const [mine, yours] = [await takeNext(first, exam.id), await takeNext(second, exam.id)];
	expect(mine).not.toBe(yours);
	await giveBack(first, { examId: exam.id, answer: mine! });
	await expect(readAnswerToMark(first, exam.id, mine!)).rejects.toThrow('mark.not-found');
	await expect(readAnswerToMark(first, exam.id, yours!)).rejects.toThrow('mark.not-found');
});

test('nobody marks their own answer, and nobody marks who was not named', async ({ ctx }) => {
	const { exam, candidates } = await aWrittenExam(ctx, { candidates: 1 });
	await aSitting(ctx, exam, candidates[0]!);
	const own = asCandidate(ctx, candidates[0]!);
	await expect(takeNext(own, exam.id)).rejects.toThrow('exam.not-found');
	await addMarker(await asLegal(ctx), { examId: exam.id, staffNumber: candidates[0]!.staffNumber });
	expect(await takeNext(own, exam.id)).toBeUndefined();
});

test('whoever is still to sit an exam marks nobody else’s answers before', async ({ ctx }) => {
	const { exam, candidates } = await aWrittenExam(ctx, { candidates: 2 });
	await aSitting(ctx, exam, candidates[0]!);
	await addMarker(await asLegal(ctx), { examId: exam.id, staffNumber: candidates[1]!.staffNumber });
	const marker = asCandidate(ctx, candidates[1]!);
	await expect(takeNext(marker, exam.id)).rejects.toThrow('mark.still-to-sit');
	await aSitting(ctx, exam, candidates[1]!);
	expect(await takeNext(marker, exam.id)).toBeDefined();
});

test('a marker who leaves hands back what they had begun', async ({ ctx }) => {
	const { exam, candidates } = await aWrittenExam(ctx, { candidates: 1 });
	await aSitting(ctx, exam, candidates[0]!);
	const marker = await aMarker(ctx, exam);
	await mark(marker, exam, [1, 1]);
	await mark(marker, exam, [1, null], false);
	await removeMarker(await asLegal(ctx), { examId: exam.id, personId: marker.actor.personId });
	const kept = await ctx.db.select().from(examMarks).where(eq(examMarks.markerId, marker.actor.personId));
	expect(kept.map(({ final }) => final)).toEqual([true]);
	await expect(takeNext(marker, exam.id)).rejects.toThrow('exam.not-found');
});

test('an answer whose first marker gave it back after the second had finished finds another first marker', async ({
	ctx
}) => {
	const { exam, candidates } = await aWrittenExam(ctx, { questions: 1, candidates: 1, secondMarkerShare: 100 });
	const attemptId = await aSitting(ctx, exam, candidates[0]!);
	const [first, second, third] = [await aMarker(ctx, exam), await aMarker(ctx, exam), await aMarker(ctx, exam)];
	const answer = (await takeNext(first, exam.id))!;
	await mark(second, exam, [6, 2]);
	await giveBack(first, { examId: exam.id, answer });

	await mark(third, exam, [6, 3]);
	expect(await theAttempt(ctx, attemptId)).toMatchObject({ state: 'marked', score: 8.5 });
});

test('a mark that is finished after the key was mended takes nothing back', async ({ ctx }) => {
	const { exam, candidates } = await aWrittenExam(ctx, { questions: 2, candidates: 1 });
	const attemptId = await aSitting(ctx, exam, candidates[0]!);
	const marker = await aMarker(ctx, exam);
	const answer = (await takeNext(marker, exam.id))!;
	const [taken] = await ctx.db.select().from(examMarks).where(eq(examMarks.attemptId, attemptId));
	const { questionId } = (await answersOf(ctx, attemptId)).find(({ slot }) => slot === taken!.slot)!;
	await mendKey(await asLegal(ctx), { examId: exam.id, questionId, policy: 'full-credit', reason: '题意不清' });

	const save = saveMark(marker, { examId: exam.id, answer, criteria: [1, 1], comment: '', final: true });
	await expect(save).rejects.toThrow('mark.closed');
	expect(await takeNext(marker, exam.id)).not.toBe(answer);
	expect((await answersOf(ctx, attemptId)).find(({ slot }) => slot === taken!.slot)!.score).toBe(10);
});

test('unanswered written questions need no marker', async ({ ctx }) => {
	const { exam, candidates } = await aWrittenExam(ctx, { candidates: 1 });
	const attemptId = await aSitting(ctx, exam, candidates[0]!, { answered: 0 });
	expect(await theAttempt(ctx, attemptId)).toMatchObject({ state: 'marked', score: 0 });
});

test('the sample for a second marker is steady and about as large as asked', async ({ ctx }) => {
	const share = async (percent: number) => {
		const { rows } = await ctx.db.execute<{ chosen: number }>(sql`
			select count(*) filter (where ${needsSecond('a', percent)})::int as chosen
			from (select md5(n::text)::uuid as attempt_id, n % 7 as slot from generate_series(1, 10000) n) a`);
		return rows[0]!.chosen;
	};
	expect(await share(0)).toBe(0);
	expect(await share(100)).toBe(10_000);
	expect(Math.abs((await share(30)) - 3_000)).toBeLessThan(200);
	expect(await share(30)).toBe(await share(30));
});

test('answers stay as they were while they are marked', async ({ ctx }) => {
	const { exam, candidates } = await aWrittenExam(ctx, { candidates: 1 });
	const attemptId = await aSitting(ctx, exam, candidates[0]!);
	const before = (await answersOf(ctx, attemptId)).map(({ response }) => response);
	const marker = await aMarker(ctx, exam);
	await mark(marker, exam, [1, 1]);
	expect((await answersOf(ctx, attemptId)).map(({ response }) => response)).toEqual(before);
	expect(await ctx.db.select().from(examAttempts).where(eq(examAttempts.id, attemptId))).toMatchObject([
		{ state: 'submitted' }
	]);
});
