import { sql } from 'drizzle-orm';
import type { Grade } from '#lib/schemas/assessments.ts';
import type { Context } from '../../platform/context.ts';
import type { Cycle } from '../cycle/read-cycle.ts';
import type { Place } from '../cycle/read-place.ts';
import { eachResult, type ListedResult } from '../queries.ts';

export type GradeCounts = Record<Grade, number> & { total: number };

/** How many of a cycle's people have which grade. */
export async function countGrades({ db }: Context, { id, year, results }: Cycle): Promise<GradeCounts> {
	const { rows } = await db.execute<{ grade: Grade; count: number }>(sql`
		select g.grade, count(*)::int as count from (
			select distinct on (person_id) person_id, grade from annual_grades where year = ${year} order by person_id, entered_at desc, id desc) g
		join assessment_results r on r.person_id = g.person_id and r.year = ${year} where r.cycle_id = ${id} group by 1`);
	const counts: GradeCounts = { excellent: 0, competent: 0, 'basically-competent': 0, incompetent: 0, total: results };
	for (const { grade, count } of rows) counts[grade] = count;
	return counts;
}

export type Graded = ListedResult & { grade: Grade | null };

/** Everybody of a cycle with the grade that holds, for the committee's sheet. */
export async function* eachGraded(ctx: Context, cycle: Cycle, { first, people }: Place): AsyncGenerator<Graded> {
	const { rows } = await ctx.db.execute<{ personId: string; grade: Grade }>(sql`
		select distinct on (person_id) person_id as "personId", grade from annual_grades where year = ${cycle.year} order by person_id, entered_at desc, id desc`);
	const held = new Map(rows.map(({ personId, grade }) => [personId, grade]));
	for await (const row of eachResult(ctx, { cycleId: cycle.id, first, people }))
		yield { ...row, grade: held.get(row.personId) ?? null };
}
