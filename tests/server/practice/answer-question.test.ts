import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { practiceAnswers } from '#db/schema/practice.ts';
import { questions } from '#db/schema/questions.ts';
import { submitAttempt } from '#lib/server/exams/sitting/submit-attempt.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { newId } from '#lib/server/platform/ids.ts';
import { answerQuestion } from '#lib/server/practice/answer-question.ts';
import { beginRound } from '#lib/server/practice/begin-round.ts';
import { readRound } from '#lib/server/practice/read-round.ts';
import { aBankQuestion, aPublishedBank } from '#tests/factories/bank.ts';
import { aPublishedExam, asCandidate, aStart } from '#tests/factories/exams.ts';
import { aPerson } from '#tests/factories/people.ts';
import { aRound, roundOf } from '#tests/factories/practice.ts';
import { aSingle } from '#tests/factories/questions.ts';
import { aStatute } from '#tests/factories/statutes.ts';
import { as } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

/** Somebody with a bank of seven kinds before them. */
async function somebody(base: Context) {
	const statute = await aStatute(base);
	const bank = await aPublishedBank(base, 7, { use: 'both', articles: [`${statute.slug}/1`] });
	return { ctx: as(base, (await aPerson(base)).id), bank, about: `law/${statute.slug}` };
}

test('every kind of question is answered, and a round ends with its sum', async ({ ctx: base }) => {
	const { ctx, about } = await somebody(base);
	const roundId = await aRound(ctx, about, { wrong: 3 });
	expect(await readRound(ctx, roundId, null)).toMatchObject({
		state: 'over',
		answered: 7,
		right: 4,
		reread: [{ number: '1', positions: [1, 2, 3] }]
	});
});

test('an answered question shows its solution, and is shown to everybody from then on', async ({ ctx: base }) => {
	const { ctx, about } = await somebody(base);
	const roundId = await beginRound(ctx, { about });
	const [first] = await roundOf(ctx, roundId);
	const before = await readRound(ctx, roundId, '1');
	expect(before).toMatchObject({ state: 'asking', position: 1, count: 7 });
	expect(JSON.stringify(before)).not.toMatch(/explanation|"key"|"why"/);

	await answerQuestion(ctx, { roundId, position: 1, unknown: false, answer: first!.wrong });
	expect(await readRound(ctx, roundId, '1')).toMatchObject({
		state: 'answered',
		question: { correct: false },
		articles: [{ number: '1' }],
		next: 2
	});
	const [question] = await ctx.db.select().from(questions).where(eq(questions.id, first!.questionId));
	expect(question!.disclosedAt).toEqual(ctx.now);
});

test('not knowing counts as wrong; an empty answer does not count at all', async ({ ctx: base }) => {
	const { ctx, about } = await somebody(base);
	const roundId = await beginRound(ctx, { about });
	await expect(answerQuestion(ctx, { roundId, position: 1, unknown: false })).rejects.toMatchObject({
		code: 'practice.unanswered'
	});
	await answerQuestion(ctx, { roundId, position: 1, unknown: true });
	const [answer] = await ctx.db.select().from(practiceAnswers);
	expect(answer).toMatchObject({ correct: false, response: null, source: 'practice' });
});

test('the first answer stands', async ({ ctx: base }) => {
	const { ctx, about } = await somebody(base);
	const roundId = await beginRound(ctx, { about });
	const [first] = await roundOf(ctx, roundId);
	for (const answer of [first!.wrong, first!.right]) {
		await answerQuestion(ctx, { roundId, position: 1, unknown: false, answer });
	}
	const answers = await ctx.db.select().from(practiceAnswers);
	expect(answers).toMatchObject([{ correct: false }]);
});

test('an answer that does not fit the question is refused', async ({ ctx: base }) => {
	const { ctx, about } = await somebody(base);
	const roundId = await beginRound(ctx, { about });
	const [first] = await roundOf(ctx, roundId);
	const other = first!.kind === 'essay' ? 'short-answer' : 'essay';
	await expect(
		answerQuestion(ctx, { roundId, position: 1, unknown: false, answer: { kind: other, text: '不合' } })
	).rejects.toMatchObject({ code: 'answer.unfit' });
	expect(await ctx.db.select().from(practiceAnswers)).toEqual([]);
});

test('nobody looks into or answers a round of somebody else', async ({ ctx: base }) => {
	const { ctx, about } = await somebody(base);
	const roundId = await beginRound(ctx, { about });
	const other = as(base, (await aPerson(base)).id);
	const missing = { failure: 'not-found', code: 'practice-round.not-found' };
	await expect(readRound(other, roundId, null)).rejects.toMatchObject(missing);
	await expect(readRound(other, 'nonsense', null)).rejects.toMatchObject(missing);
	await expect(answerQuestion(other, { roundId, position: 1, unknown: true })).rejects.toMatchObject(missing);
	expect(await readRound(other, null, null)).toBeNull();
});

test('nothing of a paper that is being sat is practised before it is handed in', async ({ ctx }) => {
	const statute = await aStatute(ctx);
	const content = () => aSingle({ articles: [`${statute.slug}/1`], stem: `${newId()}是哪一天？` });
	for (let made = 0; made < 2; made++) await aBankQuestion(ctx, content(), { use: 'both' });
	const { exam, candidates } = await aPublishedExam(ctx, { bank: 0, candidates: 1, sections: [{ count: 2 }] });
	const candidate = asCandidate(ctx, candidates[0]!);
	const about = `law/${statute.slug}`;
	const roundId = await beginRound(candidate, { about });
	const attemptId = await aStart(candidate, exam);

	const unknown = { roundId, position: 1, unknown: true };
	await expect(answerQuestion(candidate, unknown)).rejects.toMatchObject({ code: 'practice.being-sat' });
	await expect(beginRound(candidate, { about })).rejects.toMatchObject({ code: 'practice.nothing-to-ask' });
	await submitAttempt(candidate, attemptId);
	await answerQuestion(candidate, unknown);
});
