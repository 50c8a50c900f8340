import { sql } from 'drizzle-orm';
import type { Context } from '../../platform/context.ts';
import { dateOf } from '../../platform/dates.ts';
import type { Cycle } from './read-cycle.ts';

export type CycleStanding = {
	/** Units that review; that have not handed in; and of these, those whose date has passed. */
	reviews: number;
	open: number;
	late: number;
	/** Objections that are not decided. */
	objections: number;
	/** Whether the days for objections are over. */
	isOver: boolean;
};

/** What a cycle waits for. */
export async function cycleStanding({ db, now }: Context, cycle: Cycle): Promise<CycleStanding> {
	const { rows } = await db.execute<{ reviews: number; open: number; objections: number }>(sql`
		select (select count(*)::int from assessment_reviews where cycle_id = ${cycle.id}) as reviews,
			(select count(*)::int from assessment_reviews where cycle_id = ${cycle.id} and submitted_at is null) as open,
			(select count(*)::int from assessment_objections o join assessment_results r on r.id = o.result_id where r.cycle_id = ${cycle.id} and o.state = 'open') as objections`);
	const { reviews, open, objections } = rows[0]!;
	const today = dateOf(now);
	return {
		reviews,
		open,
		late: cycle.reviewsDueOn < today ? open : 0,
		objections,
		isOver: cycle.objectionsUntil !== null && cycle.objectionsUntil < today
	};
}
