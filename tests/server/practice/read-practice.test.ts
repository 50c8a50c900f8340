import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { articles } from '#db/schema/statutes.ts';
import { answerQuestion } from '#lib/server/practice/answer-question.ts';
import { beginRound } from '#lib/server/practice/begin-round.ts';
import { readPractice } from '#lib/server/practice/read-practice.ts';
import { aBankQuestion } from '#tests/factories/bank.ts';
import { later } from '#tests/factories/checks.ts';
import { aPublishedExam } from '#tests/factories/exams.ts';
import { aPerson } from '#tests/factories/people.ts';
import { aRound } from '#tests/factories/practice.ts';
import { aSingle } from '#tests/factories/questions.ts';
import { aStatute } from '#tests/factories/statutes.ts';
import { as } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

const day = 24 * 60;

test('counts the questions of each law and chapter once, however many articles they rest on', async ({ ctx: base }) => {
	const ctx = as(base, (await aPerson(base)).id);
	const title = { 'zh-CN': '总则', en: 'General' };
	const statute = await aStatute(base, {
		chapters: [
			{ number: 1, title, from: '1', to: '3' },
			{ number: 2, title, from: '4', to: '5' },
			{ number: 3, title, from: '6', to: '6' }
		]
	});
	for (const { id, ordinal } of statute.articles) {
		const chapter = ordinal <= 3 ? 1 : ordinal <= 5 ? 2 : 3;
		await base.db.update(articles).set({ chapter }).where(eq(articles.id, id));
	}
	const cite = (...numbers: number[]) => aSingle({ articles: numbers.map((number) => `${statute.slug}/${number}`) });
	await aBankQuestion(base, cite(1, 2), { use: 'practice' });
	await aBankQuestion(base, cite(3, 4), { use: 'both' });
	await aBankQuestion(base, cite(6), { use: 'exam' });

	const { laws } = await readPractice(ctx);
	expect(laws).toMatchObject([{ slug: statute.slug, count: 2 }]);
	expect(laws[0]!.chapters.map(({ number, count }) => [number, count])).toEqual([
		[1, 2],
		[2, 1]
	]);
	await aRound(ctx, `chapter/${statute.slug}/2`);
	await expect(beginRound(ctx, { about: `chapter/${statute.slug}/3` })).rejects.toMatchObject({
		code: 'practice.nothing-to-ask'
	});
});

test('a round that was begun today can be gone on with, until it is finished', async ({ ctx: base }) => {
	const ctx = as(base, (await aPerson(base)).id);
	const statute = await aStatute(base);
	for (const number of [1, 2]) {
		const content = aSingle({ articles: [`${statute.slug}/${number}`] });
		await aBankQuestion(base, content, { use: 'practice' });
	}
	const roundId = await beginRound(ctx, { about: `law/${statute.slug}` });
	expect((await readPractice(ctx)).open).toBeNull();

	await answerQuestion(ctx, { roundId, position: 1, unknown: true });
	expect((await readPractice(ctx)).open).toMatchObject({ id: roundId, answered: 1, count: 2 });
	expect((await readPractice(later(ctx, day))).open).toBeNull();
	await answerQuestion(ctx, { roundId, position: 2, unknown: true });
	expect((await readPractice(ctx)).open).toBeNull();
});

test('names the mock exams that are open to their candidates, and no other exams', async ({ ctx: base }) => {
	const { exam, candidates } = await aPublishedExam(base, { kind: 'mock', title: '模拟考试' });
	const ctx = as(base, candidates[0]!.id);
	expect((await readPractice(ctx)).mocks).toEqual([{ id: exam.id, title: '模拟考试' }]);
	expect((await readPractice(later(ctx, 30 * day))).mocks).toEqual([]);
	expect((await readPractice(as(base, (await aPerson(base)).id))).mocks).toEqual([]);

	const counting = await aPublishedExam(base);
	expect((await readPractice(as(base, counting.candidates[0]!.id))).mocks).toEqual([]);
});
