import { expect } from 'vitest';
import { eachResult, shareOf } from '#lib/server/exams/marking/each-result.ts';
import { readListing } from '#lib/server/exams/marking/read-listing.ts';
import { voidAttempt } from '#lib/server/exams/marking/void-attempt.ts';
import { aPublishedExam, asLegal, aSitting } from '#tests/factories/exams.ts';
import { test } from '#tests/setup/test.ts';

test('each result has the papers behind it, and the share by what counts', async ({ ctx }) => {
	const { exam, candidates } = await aPublishedExam(ctx);
	const voided = await aSitting(ctx, exam, candidates[0]!);
	await aSitting(ctx, exam, candidates[1]!, { wrong: 2 });
	const legal = await asLegal(ctx);
	await voidAttempt(legal, { attemptId: voided, because: '查实代考' });

	const lines = await Array.fromAsync(
		eachResult(legal, exam.id, readListing(new URLSearchParams('sort=-score'), true))
	);
	expect(lines.map(({ personId }) => personId)[0]).toBe(candidates[1]!.id);
	const of = (index: number) => lines.find(({ personId }) => personId === candidates[index]!.id)!;
	expect(of(1)).toMatchObject({ score: 6, state: 'passed', papers: [{ number: 1, score: 6, total: 10 }] });
	expect(shareOf(of(1))).toBe(0.6);
	expect(of(0).papers[0]).toMatchObject({ state: 'voided', number: 1 });
	expect(shareOf(of(0))).toBeNull();
	expect(of(2)).toMatchObject({ papers: [] });
});

test('who may not see scores yet gets neither them nor papers', async ({ ctx }) => {
	const { exam, candidates } = await aPublishedExam(ctx);
	await aSitting(ctx, exam, candidates[0]!);
	const lines = await Array.fromAsync(
		eachResult(await asLegal(ctx), exam.id, readListing(new URLSearchParams(), false))
	);
	expect(lines.map(({ score, papers }) => [score, papers.length])).toEqual([
		[null, 0],
		[null, 0],
		[null, 0]
	]);
});
