import { expect } from 'vitest';
import { readArticle } from '#lib/server/courses/read-article.ts';
import { countTeaching } from '#lib/server/courses/teaching-queries.ts';
import { listArticles, listStatutes } from '#lib/server/statutes/queries.ts';
import { bringIn, libraryFiles } from '#tests/factories/course-library.ts';
import { test } from '#tests/setup/test.ts';

test('an article says where it is taught and asked, what it is related to, and what stands beside it', async ({
	ctx
}) => {
	await bringIn(ctx);
	expect(await readArticle(ctx, { statute: 'labour-contract', article: '1' })).toMatchObject({
		article: { number: '1', digest: '说明立法的用意。', archived: false },
		chapter: { number: 1, title: { 'zh-CN': '总则' } },
		previous: null,
		next: '2',
		see: [{ statute: 'labour-contract', number: '2' }],
		versions: [{ version: '2007', isChanged: false }],
		teaching: [{ course: 'labour-contract', lesson: 'concluding', questions: 13 }],
		asked: 13
	});
});

test('counts teaching and asking for every article of a statute', async ({ ctx }) => {
	await bringIn(ctx);
	const counts = [...(await countTeaching(ctx, 'labour-contract')).values()];
	expect(counts).toEqual(
		expect.arrayContaining([
			{ lessons: 1, questions: 13 },
			{ lessons: 1, questions: 9 }
		])
	);
});

test('keeps the earlier digest of an article in its history', async ({ ctx }) => {
	await bringIn(ctx);
	const files = libraryFiles();
	const file = 'statutes/labour-contract.yaml';
	await bringIn(ctx, { ...files, [file]: files[file]!.replace('说明立法的用意。', '说明为什么立法。') });
	const { article, earlier } = await readArticle(ctx, { statute: 'labour-contract', article: '1' });
	expect(article.digest).toBe('说明为什么立法。');
	expect(earlier).toMatchObject([{ number: 1, digest: '说明立法的用意。' }]);
});

test('lists statutes with the number of articles held, and searches within one', async ({ ctx }) => {
	await bringIn(ctx);
	expect(await listStatutes(ctx)).toMatchObject([{ slug: 'labour-contract', articles: 3, amendedOn: null }]);
	expect((await listArticles(ctx, 'labour-contract', '范围')).map(({ number }) => number)).toEqual(['2']);
	expect((await listArticles(ctx, 'labour-contract')).map(({ number }) => number)).toEqual(['1', '2', '3']);
});

test.for([
	{ statute: 'labour-contract', article: '99' },
	{ statute: 'none', article: '1' }
])('there is no $statute/$article', async (address, { ctx }) => {
	await bringIn(ctx);
	await expect(readArticle(ctx, address)).rejects.toThrow('article.not-found');
});
