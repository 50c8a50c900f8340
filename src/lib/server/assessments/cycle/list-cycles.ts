import { sql } from 'drizzle-orm';
import { demand, rootsOf } from '../../access/scope.ts';
import type { Context } from '../../platform/context.ts';
import { dateOf } from '../../platform/dates.ts';
import type { CycleState } from './cycle-state.ts';

export type ListedCycle = {
	id: string;
	year: number;
	unit: string;
	state: CycleState;
	results: number;
	done: number;
	total: number;
	reviewsDueOn: string;
	objectionsUntil: string | null;
	/** Units that review; those that have not handed in; of these, past their date. Objections that are open. */
	reviews: number;
	openReviews: number;
	objections: number;
	isLate: boolean;
};

/** Cycles of which somebody sees at least a part, newest year first, units in the order of the tree. */
export async function listCycles({ db, actor, now }: Context): Promise<ListedCycle[]> {
	demand({ db, actor, now }, 'result:view');
	const roots = sql.param(rootsOf(actor, 'result:view'));
	const { rows } = await db.execute<Omit<ListedCycle, 'isLate'>>(sql`
		select c.id, c.year, u.name as unit, c.state, c.results, c.done, c.total, c.reviews_due_on as "reviewsDueOn", c.objections_until as "objectionsUntil",
			(select count(*)::int from assessment_reviews r where r.cycle_id = c.id) as reviews,
			(select count(*)::int from assessment_reviews r where r.cycle_id = c.id and r.submitted_at is null) as "openReviews",
			case when c.state = 'published' then (select count(*)::int from assessment_objections o join assessment_results r on r.id = o.result_id where r.cycle_id = c.id and o.state = 'open') else 0 end as objections
		from assessment_cycles c join units u on u.id = c.unit_id
		where u.path <@ any(${roots}::ltree[]) or u.path @> any(${roots}::ltree[])
		order by c.year desc, u.path limit 200`);
	return rows.map((row) => ({
		...row,
		isLate: row.state === 'unit-review' && row.openReviews > 0 && row.reviewsDueOn < dateOf(now)
	}));
}
