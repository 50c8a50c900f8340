import { sql } from 'drizzle-orm';
import type { Band } from '#lib/schemas/assessments.ts';
import type { Context } from '../platform/context.ts';
import type { Place } from './cycle/read-place.ts';

export type YearFigures = { year: number; total: number } & Record<Band, number>;

/** The figures of a unit with everything below it in the closed years up to this one, newest first: as the tree stood in each. */
export async function compareYears({ db }: Context, place: Place, year: number): Promise<YearFigures[]> {
	const { rows } = await db.execute<YearFigures>(sql`
		select c.year, coalesce(sum(b.excellent), 0)::int as excellent, coalesce(sum(b.good), 0)::int as good, coalesce(sum(b.qualified), 0)::int as qualified, coalesce(sum(b.not_qualified), 0)::int as "not-qualified",
			coalesce(sum(b.own), 0)::int as total
		from assessment_cycles c join assessment_units u on u.cycle_id = c.id and u.unit_id = ${place.id}
		join assessment_units b on b.cycle_id = c.id and b.path <@ u.path
		where c.state = 'closed' and c.year <= ${year} group by c.year order by c.year desc limit 5`);
	return rows;
}
