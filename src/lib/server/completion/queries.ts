import { sql } from 'drizzle-orm';
import { completionDirty, completionRollups } from '#db/schema/completion.ts';
import { units } from '#db/schema/units.ts';
import { rootsOf } from '../access/scope.ts';
import type { Context } from '../platform/context.ts';
import { addDays, type CalendarDate, dateOf, yearOf } from '../platform/dates.ts';
import { iso } from '../platform/iso.ts';
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
	/** Null where nobody is due. */
	rate: number | null;
};

/** `soon`: people with something due within the days to come; `oldestDueOn`: the earliest date that somebody has missed. */
export type Overview = { unit: Unit; rows: OverviewRow[]; total: Figures; soon: number; oldestDueOn: string | null };

/** The year of the due dates, and one course; without it, people over all their courses of the year. */
export type Period = { year: number; courseId?: string | null };

/** Until when something that is due counts as due soon. */
export const lastSoonDay = (today: CalendarDate): CalendarDate => addDays(today, 30);

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

	const { rows: found } = await ctx.db.execute<
		Omit<OverviewRow, 'rate'> & { soon: number; oldestDueOn: string | null }
	>(sql`
		with counted as (
			select subpath(u.path, 0, least(nlevel(u.path), nlevel(${unit.path}::ltree) + 1)) as path, sum(due) as due, sum(completed) as completed,
				sum(overdue) as overdue, sum(in_progress) as in_progress, sum(soon) as soon, min(oldest) as oldest
			from (
				select unit_id, sum(people) as due,
					sum(people) filter (where open_due_on is null) as completed,
					sum(people) filter (where open_due_on < ${today}) as overdue,
					sum(started) filter (where open_due_on >= ${today}) as in_progress,
					sum(people) filter (where open_due_on between ${today} and ${lastSoonDay(today)}) as soon,
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
		rows: found.map(({ soon: _, oldestDueOn: __, ...row }) => ({ ...row, rate: rateOf(row) ?? null })),
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

/** Years for which there are figures, and this one, the newest first; and the instant as of which all changes are counted. */
export async function getCoverage({ db, now }: Context): Promise<{ years: number[]; asOf: Date }> {
	const { rows } = await db.execute<{ first: number | null; last: number | null; pending: string | null }>(sql`
		select min(year) as first, max(year) as last, (select ${iso(sql`min(at)`)} from ${completionDirty}) as pending from ${completionRollups}`);
	const { first, last, pending } = rows[0] ?? { first: null, last: null, pending: null };

	const current = yearOf(now);
	const [from, to] = [Math.min(first ?? current, current), Math.max(last ?? current, current)];
	return {
		years: Array.from({ length: to - from + 1 }, (_, place) => to - place),
		asOf: pending && new Date(pending) < now ? new Date(pending) : now
	};
}

export type CourseChoice = { id: string; title: { 'zh-CN': string; en: string } };

/** Courses by which figures can be narrowed. */
export async function listCourseChoices({ db }: Context): Promise<CourseChoice[]> {
	const { rows } = await db.execute<CourseChoice>(sql`
		select c.id, v.title from courses c join course_versions v on v.id = c.current_version_id where c.archived_at is null order by c.position, c.slug`);
	return rows;
}
