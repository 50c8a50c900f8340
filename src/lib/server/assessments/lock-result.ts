import { eq, sql } from 'drizzle-orm';
import { assessmentResults } from '#db/schema/assessment-results.ts';
import { assessmentCycles, assessmentUnits } from '#db/schema/assessments.ts';
import { units } from '#db/schema/units.ts';
import type { Context } from '../platform/context.ts';

/** A result with its row taken, its cycle held as it is, and where it lies now. Who may is for the caller to say. */
export async function lockResults({ db }: Context, ids: readonly string[]) {
	const chosen = sql`${assessmentResults.id} = any(${sql.param([...ids])}::uuid[])`;
	// Cycle before results: a step of the whole takes them in this order too.
	await db.execute(
		sql`select 1 from ${assessmentCycles} where id in (select cycle_id from ${assessmentResults} where ${chosen}) for share`
	);
	return db
		.select({
			result: assessmentResults,
			state: assessmentCycles.state,
			path: units.path,
			reviewUnitId: assessmentUnits.reviewUnitId
		})
		.from(assessmentResults)
		.innerJoin(assessmentCycles, eq(assessmentCycles.id, assessmentResults.cycleId))
		.innerJoin(units, eq(units.id, assessmentResults.unitId))
		.innerJoin(
			assessmentUnits,
			sql`${assessmentUnits.cycleId} = ${assessmentResults.cycleId} and ${assessmentUnits.unitId} = ${assessmentResults.unitId}`
		)
		.where(chosen)
		.orderBy(assessmentResults.id)
		.for('update', { of: assessmentResults });
}

export type LockedResult = Awaited<ReturnType<typeof lockResults>>[number];
