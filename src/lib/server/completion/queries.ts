import { sql } from 'drizzle-orm';
import { completionRollups } from '#db/schema/completion.ts';
import { units } from '#db/schema/units.ts';
import { rootsOf } from '../access/scope.ts';
import type { Context } from '../platform/context.ts';
import { addDays, dateOf, yearOf } from '../platform/dates.ts';
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

/** `soon`: people with something due within the days to come; `oldestDueOn`: the earliest date that somebody has missed. */
export type Overview = { unit: Unit; rows: OverviewRow[]; total: Figures; soon: number; oldestDueOn: string | null };

/** The year of the due dates, and one course; without it, people over all their courses of the year. */
export type Period = { year: number; courseId?: string | null };

const soonDays = 30;

/** Completed people per 100 due, rounded down to one decimal: 100 means everybody. Undefined where nobody is due. */
export function rateOf({ completed, due }: Pick<Figures, 'completed' | 'due'>): number | undefined {
	return due === 0 ? undefined : Math.floor((completed * 1000) / due) / 10;
}

/**
 * Completion in a unit and in those directly below it, each with everything below, in official order. Read from the rollups;
 * `completion_by_person` defines them. Sums up each unit before it looks where the unit stands: a province has fewer units
 * than rollups, and this page opens often.
 * @throws not-found unit.not-found
 */
export async function getOverview(ctx: Context, unitId: string, { year, courseId = null }: Period): Promise<Overview> {
	const unit = await getUnit(ctx, unitId, 'completion:view');
	const today = dateOf(ctx.now);
	const course = courseId ? sql`course_id = ${courseId}::uuid` : sql`course_id is null`;

	const { rows: found } = await ctx.db.execute<OverviewRow & { soon: number; oldestDueOn: string | null }>(sql`
		with counted as (
			select subpath(u.path, 0, least(nlevel(u.path), nlevel(${unit.path}::ltree) + 1)) as path, sum(due) as due, sum(completed) as completed,
				sum(overdue) as overdue, sum(in_progress) as in_progress, sum(soon) as soon, min(oldest) as oldest
			from (
				select unit_id, sum(people) as due,
					sum(people) filter (where open_due_on is null) as completed,
					sum(people) filter (where open_due_on < ${today}) as overdue,
					sum(started) filter (where open_due_on >= ${today}) as in_progress,
					sum(people) filter (where open_due_on between ${today} and ${addDays(today, soonDays)}) as soon,
					min(open_due_on) filter (where open_due_on < ${today}) as oldest
				from ${completionRollups} where year = ${year} and ${course} group by unit_id
			) by_unit join ${units} u on u.id = by_unit.unit_id
			where u.path <@ ${unit.path}::ltree
			group by 1
		)
		select u.id as "unitId", u.name, u.kind, u.id = ${unit.id} as own,
			exists (select 1 from ${units} below where below.parent_id = u.id) as "hasBelow",
			coalesce(c.due, 0)::int as due, coalesce(c.completed, 0)::int as completed, coalesce(c.overdue, 0)::int as overdue,
			coalesce(c.in_progress, 0)::int as "inProgress",
			(coalesce(c.due, 0) - coalesce(c.completed, 0) - coalesce(c.overdue, 0) - coalesce(c.in_progress, 0))::int as "notStarted",
			coalesce(c.soon, 0)::int as soon, c.oldest::text as "oldestDueOn"
		from ${units} u left join counted c on c.path = u.path
		where (u.id = ${unit.id} or u.parent_id = ${unit.id}) and (u.closed_on is null or c.due > 0)
		order by u.id <> ${unit.id}, u.position, u.code`);

	return {
		unit,
		rows: found.map(({ soon: _, oldestDueOn: __, ...row }) => row),
		total: sumOf(found),
		soon: found.reduce((sum, row) => sum + row.soon, 0),
		oldestDueOn: found.flatMap((row) => row.oldestDueOn ?? []).sort()[0] ?? null
	};
}

function sumOf(rows: Figures[]): Figures {
	const total: Figures = { due: 0, completed: 0, inProgress: 0, overdue: 0, notStarted: 0 };
	for (const row of rows) for (const key of Object.keys(total) as (keyof Figures)[]) total[key] += row[key];
	return total;
}

export type Root = Pick<Unit, 'id' | 'name' | 'path'>;

/** The units over which the actor sees completion, in official order; what lies within another of them is left out. */
export async function listOverviewRoots({ db, actor }: Context): Promise<Root[]> {
	const roots = rootsOf(actor, 'completion:view');
	const { rows } = await db.execute<Root>(sql`
		select u.id, u.name, u.path::text as path from ${units} u
		where u.path = any(${sql.param(roots)}::ltree[])
			and not exists (select 1 from unnest(${sql.param(roots)}::ltree[]) above where above @> u.path and above <> u.path)
		order by nlevel(u.path), u.position, u.code`);
	return rows;
}

/** The way from the actor's own root down to a unit, the unit itself included. */
export async function listWayDown({ db, actor }: Context, unit: Pick<Unit, 'path'>): Promise<Root[]> {
	const roots = rootsOf(actor, 'completion:view');
	const { rows } = await db.execute<Root>(sql`
		select u.id, u.name, u.path::text as path from ${units} u
		where u.path @> ${unit.path}::ltree and u.path <@ any(${sql.param(roots)}::ltree[])
		order by nlevel(u.path)`);
	return rows;
}

/** Years for which there are figures, and this one; the newest first. */
export async function listYears({ db, now }: Context): Promise<number[]> {
	const { rows } = await db.execute<{ first: number | null; last: number | null }>(
		sql`select min(year) as first, max(year) as last from ${completionRollups}`
	);
	const current = yearOf(now);
	const first = Math.min(rows[0]?.first ?? current, current);
	const last = Math.max(rows[0]?.last ?? current, current);
	return Array.from({ length: last - first + 1 }, (_, place) => last - place);
}
