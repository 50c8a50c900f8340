import { sql } from 'drizzle-orm';
import { expect } from 'vitest';
import { leadershipLevels, ranks } from '#lib/schemas/people.ts';
import { gradeIn, gradeOf } from '#lib/server/hours/grade-of.ts';
import { test } from '#tests/setup/test.ts';

test.each([
	{ level: null, rank: null, grade: 'staff' },
	{ level: null, rank: 'clerk-1', grade: 'staff' },
	{ level: null, rank: 'principal-clerk-4', grade: 'section' },
	{ level: 'section-deputy', rank: 'counsel-3', grade: 'division' },
	{ level: 'division-deputy', rank: 'principal-clerk-1', grade: 'division' },
	{ level: 'department-deputy', rank: null, grade: 'department' }
] as const)('holds $level with rank $rank for $grade', ({ level, rank, grade }) => {
	expect(gradeOf(level, rank)).toBe(grade);
});

test('is the same in the database for every post and rank', async ({ ctx }) => {
	const pairs = [null, ...leadershipLevels].flatMap((level) => [null, ...ranks].map((rank) => ({ level, rank })));
	const { rows } = await ctx.db.execute<{ grade: string }>(sql`
		select ${gradeIn(sql`p.level`, sql`p.rank`)} as grade
		from rows from (jsonb_to_recordset(${JSON.stringify(pairs)}::jsonb) as (level leadership_level, rank rank)) with ordinality as p (level, rank, n)
		order by n`);
	expect(rows.map(({ grade }) => grade)).toEqual(pairs.map(({ level, rank }) => gradeOf(level, rank)));
});
