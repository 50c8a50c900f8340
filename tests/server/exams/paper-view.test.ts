import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { auditEntries } from '#db/schema/audit.ts';
import { exams } from '#db/schema/exams.ts';
import { samplePaper } from '#lib/server/exams/paper-view.ts';
import { findSectionQuestions } from '#lib/server/exams/read-blueprint.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { aBankQuestion } from '../../factories/bank.ts';
import { anExam, aPaper } from '../../factories/exams.ts';
import { aPerson } from '../../factories/people.ts';
import { as, aUnit } from '../../factories/units.ts';
import { test } from '../../setup/test.ts';

/** An exam of a county that draws one question of its own and one that the province shares. */
async function aCountyExam(base: Context) {
	const county = await aUnit(base);
	const ctx = as(base, (await aPerson(base, { unit: county })).id, { role: 'legal', unit: county });
	const own = await aBankQuestion(base, undefined, { unit: county });
	const shared = await aBankQuestion(base, undefined, { shared: true });
	await aBankQuestion(base);
	const exam = await anExam(base, { unit: county });
	const paperId = await aPaper(base, exam, [{ count: 2 }]);
	const sample = async (handOut = false) => {
		const { paper } = await samplePaper(ctx, { examId: exam.id, paperId, seed: '1', handOut });
		return paper!.sections[0]!.questions;
	};
	return { ctx, exam, own, shared, sample };
}

const seen = async ({ db }: Context) =>
	(await db.select({ id: auditEntries.subjectId }).from(auditEntries).where(eq(auditEntries.action, 'question.viewed')))
		.map(({ id }) => id)
		.sort();

test('a sample names what a unit above shares and does not show it', async ({ ctx: base }) => {
	const { ctx, own, shared, sample } = await aCountyExam(base);
	const questions = await sample();
	expect(questions).toHaveLength(2);
	expect(questions.find(({ kind }) => kind === 'withheld')).toMatchObject({ code: shared.code });
	expect(JSON.stringify(questions)).not.toContain(shared.content.stem);
	expect(JSON.stringify(questions)).toContain(own.content.stem);
	expect(await seen(ctx)).toEqual([own.id]);
});

test('a paper to hand out is whole once the exam is published, and every question of it counts as seen', async ({
	ctx: base
}) => {
	const { ctx, exam, own, shared, sample } = await aCountyExam(base);
	expect((await sample(true)).some(({ kind }) => kind === 'withheld')).toBe(true);
	await ctx.db.update(exams).set({ state: 'published', publishedAt: ctx.now }).where(eq(exams.id, exam.id));
	const questions = await sample(true);
	expect(questions.some(({ kind }) => kind === 'withheld')).toBe(false);
	expect(await seen(ctx)).toEqual([own.id, shared.id].sort());
});

test('the picker finds what the setter may read, and counts it as listed', async ({ ctx: base }) => {
	const { ctx, exam, own, shared } = await aCountyExam(base);
	const find = (q: string) => findSectionQuestions(ctx, exam, { kind: 'single', q });
	expect(await find(shared.code)).toEqual([]);
	expect(await find(own.code)).toMatchObject([{ code: own.code }]);
	const [line] = await ctx.db.select().from(auditEntries).where(eq(auditEntries.action, 'question.listed'));
	expect(line?.details).toEqual({ count: 1, questions: [own.id] });
});
