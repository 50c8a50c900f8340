import { expect } from 'vitest';
import type { Context } from '#lib/server/platform/context.ts';
import { bringBackQuestion, dismissQuestion } from '#lib/server/practice/dismiss-question.ts';
import { countDue } from '#lib/server/practice/due.ts';
import { keepAnswers } from '#lib/server/practice/keep-answers.ts';
import { countWrong, listLawsOfBook, listWrong } from '#lib/server/practice/list-wrong.ts';
import { aBankQuestion, type BankQuestion } from '#tests/factories/bank.ts';
import { later } from '#tests/factories/checks.ts';
import { aPerson, type Person } from '#tests/factories/people.ts';
import { aSingle } from '#tests/factories/questions.ts';
import { aStatute } from '#tests/factories/statutes.ts';
import { as } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

const day = 24 * 60;

async function somebody(base: Context) {
	const statute = await aStatute(base);
	const person = await aPerson(base);
	const question = await aBankQuestion(base, aSingle({ articles: [`${statute.slug}/1`] }), { use: 'practice' });
	return { ctx: as(base, person.id), person, statute, question };
}

/** Answers, one a day. */
async function answers(ctx: Context, person: Person, question: BankQuestion, ...correct: boolean[]) {
	await keepAnswers(
		ctx,
		correct.map((correct, index) => ({
			personId: person.id,
			questionId: question.id,
			questionVersionId: question.versionId,
			source: 'practice' as const,
			parameters: null,
			response: { kind: 'single', chosen: [correct ? 'B' : 'A'] },
			correct,
			at: new Date(ctx.now.getTime() + index * day * 60_000)
		}))
	);
}

test('holds what was wrong, with the answer given and why it is wrong', async ({ ctx: base }) => {
	const { ctx, person, question, statute } = await somebody(base);
	await answers(ctx, person, question, false);
	const { rows } = await listWrong(ctx, {});
	expect(rows).toMatchObject([
		{
			questionId: question.id,
			wrongAt: ctx.now,
			times: 1,
			rightSince: 0,
			source: 'practice',
			asked: true,
			articles: [{ statute: statute.slug, number: '1' }],
			review: { options: [{ letter: 'A', chosen: true, right: false }, { right: true }, {}] }
		}
	]);
});

test('a question leaves after two right answers since the last wrong one, and not before', async ({ ctx: base }) => {
	const { ctx, person, question } = await somebody(base);
	await answers(ctx, person, question, true, true, false, true);
	expect((await listWrong(ctx, {})).rows).toMatchObject([{ times: 1, rightSince: 1 }]);

	await answers(later(ctx, 4 * day), person, question, true);
	expect((await listWrong(ctx, {})).rows).toEqual([]);
	await answers(later(ctx, 5 * day), person, question, false);
	expect((await listWrong(ctx, {})).rows).toMatchObject([{ times: 2, rightSince: 0 }]);
});

test('what is put aside is neither listed nor reviewed, until it is brought back or wrong again', async ({
	ctx: base
}) => {
	const { ctx, person, question } = await somebody(base);
	await answers(ctx, person, question, false);
	const tomorrow = later(ctx, day);
	expect([await countWrong(ctx), await countDue(tomorrow)]).toEqual([{ book: 1, dismissed: 0 }, 1]);

	await dismissQuestion(ctx, { questionId: question.id });
	expect([await countWrong(ctx), await countDue(tomorrow)]).toEqual([{ book: 0, dismissed: 1 }, 0]);
	expect((await listWrong(ctx, {})).rows).toEqual([]);
	expect((await listWrong(ctx, { dismissed: true })).rows).toHaveLength(1);

	await bringBackQuestion(ctx, { questionId: question.id });
	expect(await countWrong(ctx)).toEqual({ book: 1, dismissed: 0 });
	await dismissQuestion(ctx, { questionId: question.id });
	await answers(tomorrow, person, question, false);
	expect(await countWrong(ctx)).toEqual({ book: 1, dismissed: 0 });
});

test('nobody puts aside what is in the book of somebody else', async ({ ctx: base }) => {
	const { ctx, person, question } = await somebody(base);
	await answers(ctx, person, question, false);
	await dismissQuestion(as(base, (await aPerson(base)).id), { questionId: question.id });
	expect(await countWrong(ctx)).toEqual({ book: 1, dismissed: 0 });
});

test('is narrowed to a law, and paged by the time of the last wrong answer', async ({ ctx: base }) => {
	const { ctx, person, statute, question } = await somebody(base);
	await answers(ctx, person, question, false);
	const other = await aStatute(base);
	for (let number = 1; number <= 11; number++) {
		const made = await aBankQuestion(base, aSingle({ articles: [`${other.slug}/1`] }), { use: 'practice' });
		await answers(later(ctx, number), person, made, false);
	}
	expect((await listWrong(ctx, { statute: statute.slug })).rows.map(({ questionId }) => questionId)).toEqual([
		question.id
	]);
	expect((await listLawsOfBook(ctx)).map(({ slug }) => slug).toSorted()).toEqual([statute.slug, other.slug].toSorted());

	const first = await listWrong(ctx, {});
	expect([first.rows.length, first.previous]).toEqual([10, null]);
	const second = await listWrong(ctx, { after: first.next });
	expect([second.rows.length, second.next]).toEqual([2, null]);
	expect(second.rows.at(-1)!.questionId).toBe(question.id);
});

test('a question of an exam is shown without its explanation while that is secret, and is not asked again', async ({
	ctx: base
}) => {
	const { ctx, person } = await somebody(base);
	const secret = await aBankQuestion(base);
	await answers(ctx, person, secret, false);
	const { rows } = await listWrong(ctx, {});
	expect(rows).toMatchObject([{ asked: false, review: { explanation: '' } }]);
	expect(rows[0]!.review.options.every(({ why }) => why === null)).toBe(true);
});
