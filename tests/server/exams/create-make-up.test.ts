import { and, eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { auditEntries } from '#db/schema/audit.ts';
import { examCandidates, examTargets } from '#db/schema/exam-candidates.ts';
import { examSectionQuestions, examSections } from '#db/schema/exam-papers.ts';
import { exams } from '#db/schema/exams.ts';
import { accommodate } from '#lib/server/exams/accommodate.ts';
import { closeExams } from '#lib/server/exams/close-exams.ts';
import { createMakeUp } from '#lib/server/exams/create-make-up.ts';
import { exemptCandidate } from '#lib/server/exams/exempt-candidate.ts';
import { publishExam } from '#lib/server/exams/publish-exam.ts';
import { listPapers } from '#lib/server/exams/queries.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { aBankQuestion } from '#tests/factories/bank.ts';
import { aPublishedExam, asLegal, aSitting } from '#tests/factories/exams.ts';
import { aPerson, type Person } from '#tests/factories/people.ts';
import { anExamResult } from '#tests/factories/promotions.ts';
import { test } from '#tests/setup/test.ts';

const when = { title: '补考', opensAt: new Date('2026-12-01T01:00:00Z'), closesAt: new Date('2026-12-01T03:00:00Z') };

/** An exam that is over: one passed, one failed, one stayed away, one was exempt. */
async function anExamThatIsOver(base: Context, values: Parameters<typeof aPublishedExam>[1] = {}) {
	const { exam, candidates } = await aPublishedExam(base, { candidates: 4, ...values });
	const [passed, failed, absent, excused] = candidates;
	const legal = await asLegal(base);
	await exemptCandidate(legal, { examId: exam.id, personId: excused!.id, because: '已取得执法证' });
	const granted = { extraMinutes: 30, pauseMinutes: 10, because: '视力障碍' };
	await accommodate(legal, { examId: exam.id, personId: absent!.id, ...granted });
	await aSitting(base, exam, passed!);
	await aSitting(base, exam, failed!, { wrong: 5 });
	const ctx = { ...legal, now: new Date(exam.closesAt.getTime() + 30 * 60_000) };
	await closeExams({ ...base, now: ctx.now });
	return { ctx, exam, failed: failed!, absent: absent!, granted };
}

test('names exactly those who were absent or failed, and puts it on record', async ({ ctx: base }) => {
	const { ctx, exam, failed, absent } = await anExamThatIsOver(base);
	const id = await createMakeUp(ctx, { examId: exam.id, ...when });
	const named = await ctx.db.select().from(examTargets).where(eq(examTargets.examId, id));
	expect(new Set(named.map(({ personId }) => personId))).toEqual(new Set([failed.id, absent.id]));
	const [line] = await ctx.db.select().from(auditEntries).where(eq(auditEntries.subjectId, id));
	expect(line).toMatchObject({ action: 'exam.make-up-created', details: { examId: exam.id, candidates: 2 } });
});

test('is a draft with the same rules and the same blueprint', async ({ ctx: base }) => {
	const question = await aBankQuestion(base);
	const { ctx, exam } = await anExamThatIsOver(base, { passMark: 70, minutes: 45, reviewAfterClose: 'answers' });
	const [paper] = await listPapers(ctx, exam.id);
	const [section] = paper!.sections;
	await ctx.db.update(examSections).set({ fixed: true, count: 1 }).where(eq(examSections.id, section!.id));
	const fixed = { sectionId: section!.id, position: 1, questionId: question.id };
	await ctx.db.insert(examSectionQuestions).values(fixed);

	const id = await createMakeUp(ctx, { examId: exam.id, ...when });
	const [made] = await ctx.db.select().from(exams).where(eq(exams.id, id));
	expect(made).toMatchObject({ kind: 'make-up', makeUpOfId: exam.id, state: 'draft', ...when });
	expect(made).toMatchObject({ passMark: 70, minutes: 45, reviewAfterClose: 'answers', publishedAt: null });
	const [copy] = await listPapers(ctx, id);
	expect(copy!.sections).toMatchObject([{ title: section!.title, count: 1, points: section!.points, fixed: true }]);
	const listed = await ctx.db
		.select()
		.from(examSectionQuestions)
		.where(eq(examSectionQuestions.sectionId, copy!.sections[0]!.id));
	expect(listed).toMatchObject([{ position: 1, questionId: question.id }]);
});

test('grants what was granted in the exam that it makes up for, with the reason', async ({ ctx: base }) => {
	const { ctx, exam, failed, absent, granted } = await anExamThatIsOver(base);
	const id = await createMakeUp(ctx, { examId: exam.id, ...when });
	await publishExam(ctx, id);
	const candidateOf = async (personId: string) => {
		const own = and(eq(examCandidates.examId, id), eq(examCandidates.personId, personId));
		return (await ctx.db.select().from(examCandidates).where(own))[0];
	};
	const { because, ...minutes } = granted;
	expect(await candidateOf(absent.id)).toMatchObject({ ...minutes, accommodatedBecause: because });
	expect(await candidateOf(failed.id)).toMatchObject({ extraMinutes: 0, pauseMinutes: 0, accommodatedBecause: null });
});

test('not before the close, not where nobody needs it, never of a mock exam', async ({ ctx: base }) => {
	const ctx = await asLegal(base);
	const { exam, candidates } = await aPublishedExam(base, { candidates: 1 });
	await expect(createMakeUp(ctx, { examId: exam.id, ...when })).rejects.toMatchObject({ code: 'exam.not-closed' });
	await aSitting(base, exam, candidates[0]!);
	const after = { ...ctx, now: exam.closesAt };
	await expect(createMakeUp(after, { examId: exam.id, ...when })).rejects.toMatchObject({ code: 'exam.nobody' });

	const mock = await aPublishedExam(base, { kind: 'mock', candidates: 1 });
	await expect(createMakeUp(after, { examId: mock.exam.id, ...when })).rejects.toMatchObject({ code: 'exam.is-mock' });
});

const ahead = (ctx: Context) => ({
	title: '任职考试补考',
	opensAt: new Date(ctx.now.getTime() + 86_400_000),
	closesAt: new Date(ctx.now.getTime() + 2 * 86_400_000)
});

const namedIn = async ({ db }: Context, examId: string) =>
	(await db.select().from(examTargets).where(eq(examTargets.examId, examId))).map(({ personId }) => personId);

const another = async (ctx: Context, examId: string, person: Person) => {
	const [row] = await ctx.db.select().from(examCandidates).where(eq(examCandidates.examId, examId));
	await ctx.db.insert(examCandidates).values({ ...row!, personId: person.id });
};

test('on a promotion everybody has one make-up: a second one is refused', async ({ ctx: base }) => {
	const ctx = await asLegal(base);
	const person = await aPerson(base);
	const first = await anExamResult(base, { person, outcome: 'failed', score: 40 });
	const makeUp = await createMakeUp(ctx, { examId: first, ...ahead(ctx) });
	expect(await namedIn(ctx, makeUp)).toEqual([person.id]);
	await expect(createMakeUp(ctx, { examId: first, ...ahead(ctx) })).rejects.toThrow('exam.one-make-up');

	const failed = await anExamResult(base, { person, outcome: 'failed', score: 40, makeUpOf: first });
	await expect(createMakeUp(ctx, { examId: failed, ...ahead(ctx) })).rejects.toThrow('exam.one-make-up');
});

test('whoever has had none yet is let sit one, and a make-up that was called off was none', async ({ ctx: base }) => {
	const ctx = await asLegal(base);
	const [person, late] = [await aPerson(base), await aPerson(base)];
	const first = await anExamResult(base, { person, outcome: 'absent' });
	const makeUp = await createMakeUp(ctx, { examId: first, ...ahead(ctx) });
	await another(base, first, late);
	expect(await namedIn(ctx, await createMakeUp(ctx, { examId: first, ...ahead(ctx) }))).toEqual([late.id]);
	await base.db.update(exams).set({ state: 'cancelled', cancelledAt: ctx.now }).where(eq(exams.id, makeUp));
	expect(await namedIn(ctx, await createMakeUp(ctx, { examId: first, ...ahead(ctx) }))).toEqual([person.id]);
});

test('any other exam may be made up for again', async ({ ctx: base }) => {
	const ctx = await asLegal(base);
	const person = await aPerson(base);
	const first = await anExamResult(base, { person, purpose: 'annual', outcome: 'failed', score: 40 });
	await createMakeUp(ctx, { examId: first, ...ahead(ctx) });
	expect(await namedIn(ctx, await createMakeUp(ctx, { examId: first, ...ahead(ctx) }))).toEqual([person.id]);
});
