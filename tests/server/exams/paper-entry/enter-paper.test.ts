import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { examCandidates } from '#db/schema/exam-candidates.ts';
import { examSheets } from '#db/schema/exam-statistics.ts';
import { typedAnswer } from '#lib/schemas/typed-answer.ts';
import { releaseExam } from '#lib/server/exams/marking/release-exam.ts';
import { voidAttempt } from '#lib/server/exams/marking/void-attempt.ts';
import { enterPaper, type EnterPaper } from '#lib/server/exams/paper-entry/enter-paper.ts';
import { countPrintedPapers, listPrintedPapers, nextPrintedPaper } from '#lib/server/exams/paper-entry/list-papers.ts';
import { readEntrySheet } from '#lib/server/exams/paper-entry/read-sheet.ts';
import { workOutStatistics } from '#lib/server/exams/statistics/work-out.ts';
import { readStatistics } from '#lib/server/exams/statistics/read-statistics.ts';
import type { Context } from '#lib/server/platform/context.ts';
import {
	answersFor,
	aPublishedExam,
	asLegal,
	aSitting,
	aStart,
	asCandidate,
	attemptOf,
	type PublishedExam
} from '#tests/factories/exams.ts';
import { afterClose, answersOf, aWrittenExam, theAttempt } from '#tests/factories/marking.ts';
import { test } from '#tests/setup/test.ts';

const onSite = { onSite: true };

/** What an examiner types from the sheet of a candidate, the first answers wrong. */
async function typedFor(ctx: Context, { exam, candidates }: PublishedExam, { who = 0, wrong = 0 } = {}) {
	const attempt = await attemptOf(ctx, exam, candidates[who]!);
	const answers = await answersFor(ctx, attempt.id, { wrong });
	const typed = Object.fromEntries(answers.map(({ slot, response }) => [slot, typedAnswer(response)]));
	const entry: EnterPaper = {
		examId: exam.id,
		personId: candidates[who]!.id,
		known: 0,
		way: 'answers',
		typed,
		points: {}
	};
	return { attempt, entry };
}

const standing = async (ctx: Context, { exam, candidates }: PublishedExam, who = 0) =>
	(await ctx.db.select().from(examCandidates).where(eq(examCandidates.examId, exam.id))).find(
		({ personId }) => personId === candidates[who]!.id
	);

test('a paper entered from its answer sheet is handed in, scored and counted like any other', async ({ ctx }) => {
	const published = await aPublishedExam(ctx, onSite);
	const legal = await asLegal(ctx);
	const { attempt, entry } = await typedFor(ctx, published, { wrong: 1 });
	await enterPaper(legal, entry);
	expect(await theAttempt(ctx, attempt.id)).toMatchObject({ state: 'marked', submittedBy: 'examiner', score: 8 });
	expect(await standing(ctx, published)).toMatchObject({ outcome: 'passed', score: 8 });
	expect(await countPrintedPapers(legal, published.exam.id)).toEqual({ due: 3, entered: 1, online: 0, waiting: 2 });

	const sheet = await readEntrySheet(legal, published.exam.id, entry.personId);
	expect(sheet).toMatchObject({ state: 'entered', typed: entry.typed });
	expect((await nextPrintedPaper(legal, published.exam.id, entry.personId)) !== null).toBe(true);
	const { rows } = await listPrintedPapers(legal, published.exam.id, { state: 'entered' });
	expect(rows).toMatchObject([{ personId: entry.personId, entries: 1 }]);
});

test('the second of two who enter the same paper is told by whom it was entered', async ({ ctx }) => {
	const published = await aPublishedExam(ctx, onSite);
	const { attempt, entry } = await typedFor(ctx, published);
	await enterPaper(await asLegal(ctx), entry);
	const again = { ...entry, typed: { ...entry.typed, 1: '' }, because: '漏录' };
	await expect(enterPaper(await asLegal(ctx), again)).rejects.toThrow('entry.entered-meanwhile');
	expect((await theAttempt(ctx, attempt.id)).score).toBe(10);
});

test('a correction needs a reason, changes the points, and keeps what was entered before', async ({ ctx }) => {
	const published = await aPublishedExam(ctx, onSite);
	const legal = await asLegal(ctx);
	const { attempt, entry } = await typedFor(ctx, published);
	await enterPaper(legal, entry);
	const corrected = { ...entry, known: 1, typed: { ...entry.typed, 2: '' } };
	await expect(enterPaper(legal, corrected)).rejects.toThrow('entry.because');
	await releaseExam({ ...legal, now: afterClose(published.exam) }, published.exam.id);
	await enterPaper({ ...legal, now: afterClose(published.exam) }, { ...corrected, because: '第2题录错' });
	expect(await theAttempt(ctx, attempt.id)).toMatchObject({ state: 'released', score: 8 });
	expect((await standing(ctx, published))?.score).toBe(8);
	const { entries } = await readEntrySheet(legal, published.exam.id, entry.personId);
	expect(entries.map(({ number, because }) => [number, because])).toEqual([
		[2, '第2题录错'],
		[1, null]
	]);
	await expect(
		ctx.db.transaction((tx) => tx.execute(`update exam_answers set response = null where attempt_id = '${attempt.id}'`))
	).rejects.toThrow();
});

test('what answers no such question is named, and nothing is kept', async ({ ctx }) => {
	const published = await aPublishedExam(ctx, onSite);
	const { attempt, entry } = await typedFor(ctx, published);
	const bad = { ...entry, typed: { ...entry.typed, 2: 'Z', 4: 'AB' } };
	await expect(enterPaper(await asLegal(ctx), bad)).rejects.toMatchObject({
		code: 'entry.unreadable',
		values: { slots: '2, 4' }
	});
	expect((await theAttempt(ctx, attempt.id)).state).toBe('prepared');
});

test('words go to the markers, or get the points that stand on the paper', async ({ ctx }) => {
	const published = await aWrittenExam(ctx, onSite);
	const legal = await asLegal(ctx);
	const { attempt, entry } = await typedFor(ctx, published);
	await enterPaper(legal, { ...entry, points: { 1: 6.5 } });
	expect((await theAttempt(ctx, attempt.id)).state).toBe('submitted');
	expect((await answersOf(ctx, attempt.id)).map(({ score }) => score)).toEqual([6.5, null]);
	await enterPaper(legal, { ...entry, known: 1, points: { 1: 6.5, 2: 4 }, because: '试卷上已评分' });
	expect(await theAttempt(ctx, attempt.id)).toMatchObject({ state: 'marked', score: 10.5 });
});

test('where only the points of sections are at hand they count, and the questions say nothing', async ({ ctx }) => {
	const published = await aPublishedExam(ctx, onSite);
	const legal = await asLegal(ctx);
	const { attempt, entry } = await typedFor(ctx, published);
	const [section] = (await readEntrySheet(legal, published.exam.id, entry.personId)).slots;
	const marks: EnterPaper = { ...entry, way: 'sections', typed: {}, points: { [section!.sectionId]: 7.5 } };
	await expect(enterPaper(legal, marks)).rejects.toThrow('entry.because');
	await expect(
		enterPaper(legal, { ...marks, because: '答题卡受潮', points: { [section!.sectionId]: 11 } })
	).rejects.toThrow('entry.too-many-points');
	await enterPaper(legal, { ...marks, because: '答题卡受潮' });
	expect(await theAttempt(ctx, attempt.id)).toMatchObject({ state: 'marked', score: 7.5 });
	expect(await ctx.db.select().from(examSheets).where(eq(examSheets.attemptId, attempt.id))).toEqual([]);

	const other = await typedFor(ctx, published, { who: 1 });
	await enterPaper(legal, other.entry);
	await workOutStatistics(ctx, published.exam.id);
	const { figures } = await readStatistics(legal, published.exam.id);
	expect(figures).toMatchObject({ people: 2, papers: [{ people: 1 }] });
});

test('a paper that is sat or was sat at a machine is not entered; a voided entry may be made anew', async ({ ctx }) => {
	const published = await aPublishedExam(ctx, onSite);
	const legal = await asLegal(ctx);
	const { exam, candidates } = published;
	await aStart(asCandidate(ctx, candidates[0]!), exam);
	await expect(enterPaper(legal, (await typedFor(ctx, published)).entry)).rejects.toThrow('entry.being-sat');
	await aSitting(ctx, exam, candidates[1]!);
	await expect(enterPaper(legal, (await typedFor(ctx, published, { who: 1 })).entry)).rejects.toThrow(
		'entry.sat-online'
	);

	const { attempt, entry } = await typedFor(ctx, published, { who: 2 });
	await enterPaper(legal, entry);
	await voidAttempt(legal, { attemptId: attempt.id, because: '录成了别人的卷' });
	await enterPaper(legal, entry);
	const second = await attemptOf(ctx, exam, candidates[2]!, 2);
	expect(second).toMatchObject({ state: 'marked', score: 10 });
	expect((await answersOf(ctx, second.id)).map(({ questionId }) => questionId)).toEqual(
		(await answersOf(ctx, attempt.id)).map(({ questionId }) => questionId)
	);
});

test('an exam that is not sat on site has no papers to enter', async ({ ctx }) => {
	const published = await aPublishedExam(ctx);
	const { entry } = await typedFor(ctx, published);
	await expect(enterPaper(await asLegal(ctx), entry)).rejects.toThrow('exam.not-found');
});
