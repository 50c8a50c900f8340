import { expect } from 'vitest';
import { searchLessons } from '#lib/server/courses/search-lessons.ts';
import { searchArticles } from '#lib/server/statutes/search-articles.ts';
import { bringIn } from '#tests/factories/course-library.ts';
import { test } from '#tests/setup/test.ts';

test.for(['窗', '窗口', '走进窗口', '职工名册 合同', 'CONCLUDING'])(
	'finds the lesson by “%s”',
	async (query, { ctx }) => {
		await bringIn(ctx);
		expect(await searchLessons(ctx, query)).toMatchObject({ total: 1, hits: [{ lesson: 'concluding' }] });
	}
);

test.for(['窗户', '窗口 不存在', '%', '_'])('finds no lesson by “%s”', async (query, { ctx }) => {
	await bringIn(ctx);
	expect(await searchLessons(ctx, query)).toEqual({ total: 0, hits: [] });
});

test('shows the place of the hit, marked', async ({ ctx }) => {
	await bringIn(ctx);
	const { hits } = await searchLessons(ctx, '名册');
	expect(hits[0]?.snippet.filter(({ hit }) => hit)[0]).toEqual({ text: '名册', hit: true });
});

test.for([
	{ query: '第二条', first: '2' },
	{ query: '劳动合同法第三条', first: '3' },
	{ query: '施行', first: '3' },
	{ query: '劳动合同', first: '1' }
])('“$query” finds article $first first', async ({ query, first }, { ctx }) => {
	await bringIn(ctx);
	expect((await searchArticles(ctx, query)).hits[0]).toMatchObject({ statute: 'labour-contract', number: first });
});

test('an article of a statute that is not held is not found under another', async ({ ctx }) => {
	await bringIn(ctx);
	expect(await searchArticles(ctx, '就业促进法第二条')).toEqual({ total: 0, hits: [] });
});

test('goes on from an offset, and says how many there are', async ({ ctx }) => {
	await bringIn(ctx);
	const page = await searchArticles(ctx, '说明', { limit: 1, offset: 1 });
	expect(page).toMatchObject({ total: 3, hits: [{ number: '2' }] });
});

test('asks nothing where nothing is asked for', async ({ ctx }) => {
	expect(await searchLessons(ctx, '  ')).toEqual({ total: 0, hits: [] });
	expect(await searchArticles(ctx, '')).toEqual({ total: 0, hits: [] });
});
