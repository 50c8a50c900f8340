import { sql } from 'drizzle-orm';
import { completionRollups } from '#db/schema/completion.ts';
import { units } from '#db/schema/units.ts';
import type { Context } from '../platform/context.ts';
import { dateOf } from '../platform/dates.ts';
import { getUnit, type Unit } from '../units/queries.ts';

/** People, counted by how far they are with what is due in a year. `due` is the sum of the other four. */
export type Figures = { due: number; completed: number; inProgress: number; overdue: number; notStarted: number };

/** A unit directly below with everything below it, or the unit itself without (`own`). */
export type OverviewRow = Figures & {
	unitId: string;
	name: string;
	kind: Unit['kind'];
	own: boolean;
	hasBelow: boolean;
};

export type Overview = { unit: Unit; rows: OverviewRow[]; total: Figures };

/** Completed people per 100 due, rounded down to one decimal: 100 means everybody. Undefined where nobody is due. */
export function rateOf({ completed, due }: Pick<Figures, 'completed' | 'due'>): number | undefined {
	return due === 0 ? undefined : Math.floor((completed * 1000) / due) / 10;
}

/**
 * Completion in a unit and in those directly below it, each with everything below, in official order. Read from the rollups;
 * `completion_by_person` defines them.
 * @param courseId people for one course; without it, people over all their courses of the year
 * @throws not-found unit.not-found
 */
export async function getOverview(
	ctx: Context,
	unitId: string,
	{ year, courseId = null }: { year: number; courseId?: string | null }
): Promise<Overview> {
	const unit = await getUnit(ctx, unitId, 'completion:view');
	const today = dateOf(ctx.now);

	const { rows } = await ctx.db.execute<Omit<OverviewRow, 'hasBelow'> & { hasBelow: boolean }>(sql`
		with counted as (
			select subpath(u.path, 0, least(nlevel(u.path), nlevel(${unit.path}::ltree) + 1)) as path,
				sum(r.people) as due,
				sum(r.people) filter (where r.open_due_on is null) as completed,
				sum(r.people) filter (where r.open_due_on < ${today}) as overdue,
				sum(r.started) filter (where r.open_due_on >= ${today}) as in_progress
			from ${completionRollups} r join ${units} u on u.id = r.unit_id
			where r.year = ${year} and r.course_id is not distinct from ${courseId}::uuid and u.path <@ ${unit.path}::ltree
			group by 1
		)
		select u.id as "unitId", u.name, u.kind, u.id = ${unit.id} as own,
			exists (select 1 from ${units} below where below.parent_id = u.id) as "hasBelow",
			coalesce(c.due, 0)::int as due, coalesce(c.completed, 0)::int as completed, coalesce(c.overdue, 0)::int as overdue,
			coalesce(c.in_progress, 0)::int as "inProgress",
			(coalesce(c.due, 0) - coalesce(c.completed, 0) - coalesce(c.overdue, 0) - coalesce(c.in_progress, 0))::int as "notStarted"
		from ${units} u left join counted c on c.path = u.path
		where (u.id = ${unit.id} or u.parent_id = ${unit.id}) and (u.closed_on is null or c.due > 0)
		order by u.id <> ${unit.id}, u.position, u.code`);

	return { unit, rows, total: sumOf(rows) };
}

function sumOf(rows: Figures[]): Figures {
	const total: Figures = { due: 0, completed: 0, inProgress: 0, overdue: 0, notStarted: 0 };
	for (const row of rows) for (const key of Object.keys(total) as (keyof Figures)[]) total[key] += row[key];
	return total;
}
