import { inArray, sql } from 'drizzle-orm';
import { assessmentSchemes } from '#db/schema/assessment-schemes.ts';
import type { Context } from '../../platform/context.ts';
import { readScheme, type Scheme } from './read-scheme.ts';

/** The schemes by which the results of a cycle were drafted. */
export async function listSchemesUsed({ db }: Context, cycleId: string): Promise<Scheme[]> {
	const rows = await db
		.select()
		.from(assessmentSchemes)
		.where(
			inArray(
				assessmentSchemes.id,
				sql`(select s.id from assessment_schemes s where s.year = (select year from assessment_cycles where id = ${cycleId})
					and exists (select 1 from assessment_results r where r.cycle_id = ${cycleId} and r.scheme_id = s.id))`
			)
		);
	return rows.map(readScheme);
}
