import { sql } from 'drizzle-orm';
import { expect } from 'vitest';
import { hourCategories } from '#lib/schemas/hours.ts';
import { countsAs, countsAsSql } from '#lib/server/hours/counts-as.ts';
import { test } from '#tests/setup/test.ts';

const sources = ['course', 'event', 'external'] as const;
const every = [null, ...hourCategories].flatMap((asked) =>
	sources.flatMap((source) => hourCategories.map((category) => ({ asked, source, category })))
);

test('a course of the platform counts as online beside its own category; a lecture does not', () => {
	expect(countsAs({ category: 'required', source: 'course' }, 'online')).toBe(true);
	expect(countsAs({ category: 'required', source: 'course' }, 'required')).toBe(true);
	expect(countsAs({ category: 'class', source: 'event' }, 'online')).toBe(false);
	expect(countsAs({ category: 'class', source: 'event' }, null)).toBe(true);
});

test('the rule in SQL says the same of every category, source and question', async ({ ctx }) => {
	const counts = countsAsSql(sql`e`, sql`e.asked::hour_category`);
	const { rows } = await ctx.db.execute<{ counts: boolean }>(sql`
		select ${counts} as counts from jsonb_to_recordset(${JSON.stringify(every.map((each, at) => ({ at, ...each })))}::jsonb)
			as e (at int, asked text, source text, category hour_category) order by at`);
	expect(rows.map(({ counts }) => counts)).toEqual(every.map(({ asked, ...entry }) => countsAs(entry, asked)));
});
