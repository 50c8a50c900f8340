import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { examTargets } from '#db/schema/exam-candidates.ts';
import { exams } from '#db/schema/exams.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { duplicateExam } from '#lib/server/exams/duplicate-exam.ts';
import { samplePaper } from '#lib/server/exams/paper-view.ts';
import { listPapers } from '#lib/server/exams/queries.ts';
import { aPublishedExam, asLegal } from '../../factories/exams.ts';
import { aPerson } from '../../factories/people.ts';
import { as, theProvince } from '../../factories/units.ts';
import { test } from '../../setup/test.ts';

const next = { title: '2027年度法律知识考试', opensAt: '2027-11-23T09:00', closesAt: '2027-11-23T11:00' };

test('a copy is a draft with rules, papers and named candidates; not the access code', async ({ ctx: base }) => {
	const ctx = await asLegal(base);
	const { exam } = await aPublishedExam(base, { passMark: 70, minutes: 45 });
	await ctx.db.update(exams).set({ accessCode: '7F3K' }).where(eq(exams.id, exam.id));
	const id = await duplicateExam(ctx, { examId: exam.id, ...next });

	const [copy] = await ctx.db.select().from(exams).where(eq(exams.id, id));
	expect(copy).toMatchObject({
		state: 'draft',
		version: 1,
		title: next.title,
		passMark: 70,
		minutes: 45,
		accessCode: null
	});
	const shape = async (examId: string) =>
		(await listPapers(ctx, examId)).map(({ name, sections }) => [
			name,
			sections.map(({ title, count }) => [title, count])
		]);
	expect(await shape(id)).toEqual(await shape(exam.id));
	expect(await ctx.db.select().from(examTargets).where(eq(examTargets.examId, id))).toHaveLength(1);
});

test('a sample paper holds no key, is the same for the same draw, and looking leaves a trace', async ({
	ctx: base
}) => {
	const ctx = await asLegal(base);
	const { exam } = await aPublishedExam(base);
	const [paper] = await listPapers(ctx, exam.id);
	const draw = (seed: string) => samplePaper(ctx, { examId: exam.id, paperId: paper!.id, seed });
	const [one, again, other] = [await draw('1'), await draw('1'), await draw('2')];
	expect(one.paper?.total).toBe(10);
	expect(one.paper?.sections[0]?.questions).toHaveLength(5);
	expect(again.paper).toEqual(one.paper);
	expect(other.paper).not.toEqual(one.paper);
	expect(JSON.stringify(one.paper)).not.toMatch(/"key"|why|explanation/);
	const traces = await ctx.db.select().from(auditEntries).where(eq(auditEntries.action, 'exam.paper-sampled'));
	expect(traces).toHaveLength(3);
	const asked = [one, other].flatMap(({ paper }) =>
		paper!.sections[0]!.questions.map((question) => question.kind !== 'withheld' && question.stem)
	);
	expect(await ctx.db.$count(auditEntries, eq(auditEntries.action, 'question.viewed'))).toBe(new Set(asked).size);
});

test('who may not see questions of the bank sees no sample', async ({ ctx: base }) => {
	const { exam } = await aPublishedExam(base);
	const [paper] = await listPapers(base, exam.id);
	const hr = as(base, (await aPerson(base)).id, { role: 'hr', unit: await theProvince(base) });
	await expect(samplePaper(hr, { examId: exam.id, paperId: paper!.id, seed: '1' })).rejects.toMatchObject({
		failure: 'forbidden'
	});
});
