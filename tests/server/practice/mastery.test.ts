import { expect } from 'vitest';
import type { Context } from '#lib/server/platform/context.ts';
import { keepAnswers } from '#lib/server/practice/keep-answers.ts';
import { listMastery, listWeakArticles } from '#lib/server/practice/mastery.ts';
import { aBankQuestion, type BankQuestion } from '#tests/factories/bank.ts';
import { aPerson } from '#tests/factories/people.ts';
import { aSingle } from '#tests/factories/questions.ts';
import { aStatute } from '#tests/factories/statutes.ts';
import { as } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

async function answers(ctx: Context, personId: string, { id, versionId }: BankQuestion, results: string) {
	await keepAnswers(
		ctx,
		[...results].map((result, index) => ({
			personId,
			questionId: id,
			questionVersionId: versionId,
			source: 'practice' as const,
			parameters: null,
			response: null,
			correct: result === '+',
			at: new Date(ctx.now.getTime() + index * 60_000)
		}))
	);
}

test('counts the last ten answers of each article, and puts the weakest first', async ({ ctx: base }) => {
	const ctx = as(base, (await aPerson(base)).id);
	const statute = await aStatute(base);
	const about = async (article: number, results: string) =>
		answers(
			ctx,
			ctx.actor.personId,
			await aBankQuestion(base, aSingle({ articles: [`${statute.slug}/${article}`] })),
			results
		);
	await about(1, '---++++++++++');
	await about(2, '+--+');
	await about(3, '-');
	await about(4, '----');
	await answers(base, (await aPerson(base)).id, await aBankQuestion(base), '---');

	const [law] = await listMastery(ctx);
	expect(law).toMatchObject({ slug: statute.slug, held: 6 });
	expect(law!.articles.map(({ number, right, count }) => [number, right, count])).toEqual([
		['1', 10, 10],
		['2', 2, 4],
		['3', 0, 1],
		['4', 0, 4]
	]);
	expect((await listWeakArticles(ctx, 5)).map(({ number }) => number)).toEqual(['4', '3', '2']);
});

test('an answer counts for every article that its question rests on', async ({ ctx: base }) => {
	const ctx = as(base, (await aPerson(base)).id);
	const statute = await aStatute(base);
	const cited = [1, 2].map((number) => `${statute.slug}/${number}`);
	await answers(ctx, ctx.actor.personId, await aBankQuestion(base, aSingle({ articles: cited })), '-');
	expect((await listMastery(ctx))[0]!.articles).toHaveLength(2);
});

test('whoever has answered nothing has no figures', async ({ ctx: base }) => {
	const ctx = as(base, (await aPerson(base)).id);
	expect([await listMastery(ctx), await listWeakArticles(ctx, 5)]).toEqual([[], []]);
});
