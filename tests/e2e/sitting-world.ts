import type { Page } from '@playwright/test';
import { and, asc, eq } from 'drizzle-orm';
import { type examSections } from '#db/schema/exam-papers.ts';
import { examAnswers, examAttempts } from '#db/schema/exam-sittings.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { aCandidacy, answersFor, type Exam } from '../factories/exams.ts';
import { aBankQuestion } from '../factories/bank.ts';
import type { Person } from '../factories/people.ts';
import { aFillIn, aMatching, aMultiple, anEssay, anOrdering, aTrueFalse } from '../factories/questions.ts';
import { test as base } from './test.ts';

/**
 * Sittings take place now: the jobs of the served application hand in what is over by the real clock, so that an exam of
 * another day would be handed in while the test goes on.
 */
export const test = base.extend({
	extraHTTPHeaders: async ({}, use) => use({}),
	ctx: async ({ ctx }, use) => use({ ...ctx, now: new Date() })
});

export { expect } from './test.ts';

/** Sections of every kind, with their questions in the bank. */
export async function everyKind(ctx: Context): Promise<(typeof examSections.$inferInsert)[]> {
	const stem = () => `题目${Math.random().toString(36).slice(2)}：哪些正确？`;
	for (const content of [aMultiple, aTrueFalse, aFillIn, aMatching, anOrdering, anEssay])
		for (let made = 0; made < 2; made++) await aBankQuestion(ctx, content(content === aFillIn ? {} : { stem: stem() }));
	const kinds = [
		['single', '单项选择', 3],
		['multiple', '多项选择', 2],
		['true-false', '判断', 1],
		['fill-in', '填空', 1],
		['matching', '连线', 1],
		['ordering', '排序', 1],
		['essay', '论述', 1]
	] as const;
	return kinds.map(([kind, title, count], index) => ({
		kind,
		title,
		count,
		points: 2,
		position: index + 1
	})) as (typeof examSections.$inferInsert)[];
}

/** Opens the paper through the pages. @returns id of the attempt */
export async function open(page: Page, ctx: Context, exam: Exam, person: Person): Promise<string> {
	await page.goto(`/exams/${exam.id}`);
	await page.getByRole('button', { name: '开始作答' }).click();
	await page.waitForURL(/\/sit/);
	return (await attemptsOf(ctx, exam, person))[0]!.id;
}

export const attemptsOf = (ctx: Context, exam: Exam, person: Person) =>
	ctx.db
		.select()
		.from(examAttempts)
		.where(and(eq(examAttempts.examId, exam.id), eq(examAttempts.personId, person.id)))
		.orderBy(asc(examAttempts.number));

export async function deadlineOf(ctx: Context, exam: Exam, person: Person): Promise<Date> {
	const [attempt] = await attemptsOf(ctx, exam, person);
	return attempt!.deadlineAt!;
}

/** The script of the page has begun. */
export const isReady = (page: Page) => page.getByText('键盘操作').waitFor();

/** Chooses the right option of a single-choice question. */
export async function choose(page: Page, answers: Awaited<ReturnType<typeof answersFor>>, slot: number): Promise<void> {
	const { response } = answers[slot - 1]!;
	if (!('chosen' in response)) throw new Error('not a choice');
	for (const letter of response.chosen) await page.locator(`#q${slot} input[value="${letter}"]`).check();
}

export const keptOf = (ctx: Context, attemptId: string) =>
	ctx.db.select().from(examAnswers).where(eq(examAnswers.attemptId, attemptId)).orderBy(asc(examAnswers.slot));

/** Hands the paper in as it stands, has everything marked, and releases it where wanted. */
export async function aPaperReleased(ctx: Context, attemptId: string, released: boolean): Promise<void> {
	const own = eq(examAttempts.id, attemptId);
	await ctx.db.update(examAttempts).set({ state: 'submitted', submittedAt: ctx.now, submittedBy: 'person' }).where(own);
	await ctx.db.update(examAnswers).set({ score: 1 }).where(eq(examAnswers.attemptId, attemptId));
	await ctx.db.update(examAttempts).set({ state: 'marked', score: 10, markedAt: ctx.now }).where(own);
	if (released) await ctx.db.update(examAttempts).set({ state: 'released', releasedAt: ctx.now }).where(own);
}

export { aCandidacy, answersFor };
