import { sql } from 'drizzle-orm';
import { completionDirty, completionRollups } from '#db/schema/completion.ts';
import { units } from '#db/schema/units.ts';
import type { Context } from '../platform/context.ts';

/** A unit and year whose rolled-up figures are not what the view counts. `people` and `counted` are over all courses. */
export type Difference = { unitId: string; code: string; year: number; people: number; counted: number };

/**
 * Compares the rollups with the view that defines them, every figure of every unit, year and course. What is marked as out
 * of date is about to be refreshed and left out. @returns units that differ; none where all is well
 */
export async function listRollupDifferences({ db }: Context): Promise<Difference[]> {
	const { rows } = await db.execute<Difference>(sql`
		with rolled as (select unit_id, year, course_id, open_due_on, people, started, exempt from ${completionRollups}),
		counted as (
			select unit_id, year, course_id, open_due_on, (count(*) filter (where not exempt))::int as people, (count(*) filter (where started and not exempt))::int as started,
				(count(*) filter (where exempt))::int as exempt
			from completion_by_person group by 1, 2, 3, 4
		),
		differing as (
			select unit_id, year from ((table rolled except table counted) union (table counted except table rolled)) d
			where not exists (select 1 from ${completionDirty} m where m.unit_id = d.unit_id and m.year = d.year)
			group by 1, 2
		)
		select d.unit_id as "unitId", u.code, d.year,
			coalesce((select sum(people) from rolled r where r.unit_id = d.unit_id and r.year = d.year and r.course_id is null), 0)::int as people,
			coalesce((select sum(people) from counted c where c.unit_id = d.unit_id and c.year = d.year and c.course_id is null), 0)::int as counted
		from differing d join ${units} u on u.id = d.unit_id
		order by u.code, d.year`);
	return rows;
}
