import { and, eq } from 'drizzle-orm';
import * as v from 'valibot';
import { expect } from 'vitest';
import { masteryCheckQuestions } from '#db/schema/courses.ts';
import { answer as answerSchema, type GivenAnswer } from '#lib/schemas/answers.ts';
import { beginCheck } from '#lib/server/courses/begin-check.ts';
import { saveAnswer } from '#lib/server/courses/save-answer.ts';
import { submitCheck } from '#lib/server/courses/submit-check.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { addressOf, answersTo, later } from '#tests/factories/checks.ts';
import { aCourse } from '#tests/factories/courses.ts';
import { aPerson } from '#tests/factories/people.ts';
import type { SmallContent } from '#lib/server/questions/content/parse-questions.ts';
import {
	aFillIn,
	aMatching,
	aMultiple,
	aNumeric,
	anOrdering,
	aShortAnswer,
	aSingle,
	aTrueFalse
} from '#tests/factories/questions.ts';
import { as } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

/** A person with an open try of one question. */
async function anOpenTry(base: Context, question: SmallContent) {
	const ctx = as(base, (await aPerson(base)).id);
	const course = await aCourse(base, { lessons: 1, pool: () => [{ ...question, id: `one-${Math.random()}` }] });
	return { ctx, course, checkId: await beginCheck(ctx, addressOf(course)) };
}
async function stored(ctx: Context, checkId: string, position = 1) {
	const where = and(eq(masteryCheckQuestions.checkId, checkId), eq(masteryCheckQuestions.position, position));
	return (await ctx.db.select().from(masteryCheckQuestions).where(where))[0]!;
}

test.for<[string, Parameters<typeof anOpenTry>[1], GivenAnswer]>([
	['true or false', aTrueFalse(), { kind: 'true-false', value: true }],
	['blanks', aFillIn(), { kind: 'fill-in', blanks: ['前一日', ''] }],
	['a number', aNumeric(), { kind: 'numeric', number: '三万六千' }]
])('keeps %s as given', async ([, question, answer], { ctx: base }) => {
	const { ctx, checkId } = await anOpenTry(base, question);
	expect(await saveAnswer(ctx, { checkId, position: 1, answer })).toEqual({ position: 1, at: ctx.now });
	expect(await stored(ctx, checkId)).toMatchObject({ response: answer, answeredAt: ctx.now, correct: null });
});

test('keeps options in stated letters, whatever order they were shown in', async ({ ctx: base }) => {
	const { ctx, checkId } = await anOpenTry(base, aMultiple());
	const order = ['C', 'A', 'D', 'B'];
	await base.db.update(masteryCheckQuestions).set({ optionOrder: order });

	await saveAnswer(ctx, { checkId, position: 1, answer: { kind: 'multiple', chosen: ['D', 'A'] } });
	expect((await stored(ctx, checkId)).response).toEqual({ kind: 'multiple', chosen: ['B', 'C'] });
});

test('keeps matches and orders in stated letters', async ({ ctx: base }) => {
	const matching = await anOpenTry(base, aMatching());
	await base.db.update(masteryCheckQuestions).set({ optionOrder: ['C', 'A', 'D', 'B'] });
	const matched: GivenAnswer = { kind: 'matching', matched: ['B', null, 'A'] };
	await saveAnswer(matching.ctx, { checkId: matching.checkId, position: 1, answer: matched });
	expect((await stored(matching.ctx, matching.checkId)).response).toEqual({
		kind: 'matching',
		matched: ['A', null, 'C']
	});

	const ordering = await anOpenTry(base, anOrdering());
	await base.db
		.update(masteryCheckQuestions)
		.set({ optionOrder: ['C', 'A', 'D', 'B'] })
		.where(eq(masteryCheckQuestions.checkId, ordering.checkId));
	const order: GivenAnswer = { kind: 'ordering', order: ['B', 'D', 'A', 'C'] };
	await saveAnswer(ordering.ctx, { checkId: ordering.checkId, position: 1, answer: order });
	expect((await stored(ordering.ctx, ordering.checkId)).response).toEqual({
		kind: 'ordering',
		order: ['A', 'B', 'C', 'D']
	});
});

test('a check asks nothing that a person must mark', async ({ ctx: base }) => {
	const ctx = as(base, (await aPerson(base)).id);
	const course = await aCourse(base, { lessons: 1, pool: () => [aShortAnswer({ id: `one-${Math.random()}` })] });
	await expect(beginCheck(ctx, addressOf(course))).rejects.toThrow('check.no-questions');
});

test('saved again, an answer stands as it stood', async ({ ctx: base }) => {
	const { ctx, checkId } = await anOpenTry(base, aSingle());
	const act = () => saveAnswer(ctx, { checkId, position: 1, answer: { kind: 'single', chosen: ['A'] } });
	expect(await act()).toEqual(await act());
});

test('the last answer counts, and an empty one takes it back', async ({ ctx: base }) => {
	const { ctx, checkId } = await anOpenTry(base, aMultiple());
	const save = (chosen: ('A' | 'B' | 'C')[], minutes: number) =>
		saveAnswer(later(ctx, minutes), { checkId, position: 1, answer: { kind: 'multiple', chosen } });

	await save(['A', 'B'], 0);
	expect(await save(['C'], 1)).toEqual({ position: 1, at: later(ctx, 1).now });
	expect(await save([], 2)).toEqual({ position: 1, at: null });
	expect(await stored(ctx, checkId)).toMatchObject({ response: null, answeredAt: null });
});

test.for<[string, Parameters<typeof anOpenTry>[1], number, GivenAnswer]>([
	['an option that is not shown', aSingle(), 1, { kind: 'single', chosen: ['D'] }],
	['an option beyond those of a multiple choice', aMultiple(), 1, { kind: 'multiple', chosen: ['A', 'F'] }],
	['an answer of another kind', aSingle(), 1, { kind: 'multiple', chosen: ['A', 'B'] }],
	['too many blanks', aFillIn(), 1, { kind: 'fill-in', blanks: ['1', '2', '3'] }],
	['too few blanks', aFillIn(), 1, { kind: 'fill-in', blanks: ['1'] }],
	['a right side that is not shown', aMatching(), 1, { kind: 'matching', matched: ['A', 'B', 'E'] }],
	['too few matches', aMatching(), 1, { kind: 'matching', matched: ['A', 'B'] }],
	['an item that is not shown', anOrdering(), 1, { kind: 'ordering', order: ['E'] }],
	['a judgement of a calculation', aNumeric(), 1, { kind: 'true-false', value: true }],
	['a position that was not drawn', aSingle(), 2, { kind: 'single', chosen: ['A'] }]
])('refuses %s', async ([, question, position, answer], { ctx: base }) => {
	const { ctx, checkId } = await anOpenTry(base, question);
	await expect(saveAnswer(ctx, { checkId, position, answer })).rejects.toThrow('answer.unfit');
	expect((await stored(ctx, checkId)).response).toBeNull();
});

test.each([
	{ kind: 'single', chosen: [] },
	{ kind: 'single', chosen: ['A', 'B'] },
	{ kind: 'multiple', chosen: ['A', 'A'] },
	{ kind: 'single', chosen: ['I'] },
	{ kind: 'matching', matched: ['A'] },
	{ kind: 'matching', matched: ['A', 'K'] },
	{ kind: 'ordering', order: ['A', 'A', 'B'] },
	{ kind: 'short-answer', text: '字'.repeat(4001) },
	{ kind: 'single', chosen: ['A'], parameters: { wage: 1 } },
	{ kind: 'numeric', number: 12 },
	{ kind: 'numeric', number: '1'.repeat(41) },
	{ kind: 'fill-in', blanks: Array.from({ length: 10 }, () => '1') },
	{ kind: 'case', chosen: ['A'] },
	null
])('the shape %j is no answer', (shape) => {
	expect(v.safeParse(answerSchema, shape).success).toBe(false);
});

test('the try of somebody else is not there', async ({ ctx: base }) => {
	const { ctx, checkId } = await anOpenTry(base, aSingle());
	const other = as(base, (await aPerson(base)).id);
	const act = saveAnswer(other, { checkId, position: 1, answer: { kind: 'single', chosen: ['A'] } });
	await expect(act).rejects.toThrow('check.not-found');
	expect((await stored(ctx, checkId)).response).toBeNull();
});

test.for([0, 1])('once handed in, answers stay as they were (%i wrong)', async (wrong, { ctx: base }) => {
	const { ctx, checkId } = await anOpenTry(base, aSingle());
	const [right] = await answersTo(ctx, checkId);
	const [given] = await answersTo(ctx, checkId, { wrong });
	await saveAnswer(ctx, { checkId, ...given! });
	await submitCheck(ctx, { checkId, unanswered: 0 });
	const before = await stored(ctx, checkId);

	await expect(saveAnswer(ctx, { checkId, ...right! })).rejects.toThrow('check.closed');
	expect(await stored(ctx, checkId)).toEqual(before);
});
