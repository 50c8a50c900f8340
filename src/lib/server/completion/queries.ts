import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '#db/client.ts';
import { completionRollups } from '#db/schema/completion.ts';
import { units } from '#db/schema/units.ts';
import type { Context } from '../platform/context.ts';
import { addDays, type CalendarDate, dateOf } from '../platform/dates.ts';
import { prepared } from '../platform/prepared.ts';
import { getUnit, type Unit } from '../units/queries.ts';

/**
 * People, counted by how far they are with what is due in a year. `due` is the sum of the next four; whoever is exempt from
 * all of it stands apart.
 */
export type Figures = {
	due: number;
	completed: number;
	inProgress: number;
	overdue: number;
	notStarted: number;
	exempt: number;
};

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
 * `completion_by_person` defines them.
 * @throws not-found unit.not-found
 */
export async function getOverview(ctx: Context, unitId: string, period: Period): Promise<Overview> {
	return overviewOf(ctx, await getUnit(ctx, unitId, 'completion:view'), period);
}

/** The same of a unit that has been read already; whoever calls has looked at the actor's reach. */
export async function overviewOf(
	{ db, now }: Context,
	unit: Unit,
	{ year, courseId = null }: Period
): Promise<Overview> {
	const today = dateOf(now);
	const query = courseId ? rowsOfCourse(db) : rowsOfAll(db);
	const [answer] = await query.execute({
		unitId: unit.id,
		path: unit.path,
		year,
		courseId,
		today,
		soon: lastSoonDay(today)
	});
	const found = answer?.rows ?? [];

	return {
		unit,
		rows: found.map(({ soon: _, oldestDueOn: __, ...row }) => ({ ...row, rate: rateOf(row) ?? null })),
		total: sumOf(found),
		soon: found.reduce((sum, row) => sum + row.soon, 0),
		oldestDueOn: found.flatMap((row) => row.oldestDueOn ?? []).sort()[0] ?? null
	};
}

type Found = Omit<OverviewRow, 'rate'> & { soon: number; oldestDueOn: string | null };

const given = sql.placeholder;
const rowsOfAll = prepared((db) => rowsQuery(db, sql`course_id is null`, 'overview_rows'));
const rowsOfCourse = prepared((db) =>
	rowsQuery(db, sql`course_id = ${given('courseId')}::uuid`, 'overview_rows_of_course')
);

/** Sums up each unit before it looks where the unit stands: a province has fewer units than rollups, and this page opens often. */
function rowsQuery(db: Database, course: SQL, name: string) {
	const today = sql`${given('today')}::date`;
	const path = sql`${given('path')}::ltree`;
	const unitId = sql`${given('unitId')}::uuid`;
	const query = sql`
		with counted as (
			select subpath(u.path, 0, least(nlevel(u.path), nlevel(${path}) + 1)) as path, sum(due) as due, sum(completed) as completed,
				sum(overdue) as overdue, sum(in_progress) as in_progress, sum(exempt) as exempt, sum(soon) as soon, min(oldest) as oldest
			from (
				select unit_id, sum(people)::int as due,
					sum(people) filter (where open_due_on is null)::int as completed,
					sum(people) filter (where open_due_on < ${today})::int as overdue, sum(exempt)::int as exempt,
					sum(started) filter (where open_due_on >= ${today})::int as in_progress,
					sum(people) filter (where open_due_on between ${today} and ${given('soon')}::date)::int as soon,
					min(open_due_on) filter (where open_due_on < ${today}) as oldest
				from ${completionRollups} where year = ${given('year')} and ${course} group by unit_id
			) by_unit join ${units} u on u.id = by_unit.unit_id
			where u.path <@ ${path}
			group by 1
		)
		select u.id as "unitId", u.name, u.kind, u.id = ${unitId} as own,
			exists (select 1 from ${units} below where below.parent_id = u.id) as "hasBelow",
			coalesce(c.due, 0)::int as due, coalesce(c.completed, 0)::int as completed, coalesce(c.overdue, 0)::int as overdue,
			coalesce(c.in_progress, 0)::int as "inProgress", coalesce(c.exempt, 0)::int as exempt,
			(coalesce(c.due, 0) - coalesce(c.completed, 0) - coalesce(c.overdue, 0) - coalesce(c.in_progress, 0))::int as "notStarted",
			coalesce(c.soon, 0)::int as soon, c.oldest::text as "oldestDueOn"
		from ${units} u left join counted c on c.path = u.path
		where (u.id = ${unitId} or u.parent_id = ${unitId}) and (u.closed_on is null or c.due + c.exempt > 0)
		order by u.id <> ${unitId}, u.position, u.code`;
	return db
		.select({ rows: sql<Found[]>`coalesce(json_agg(r), '[]')` })
		.from(sql`(${query}) r`)
		.prepare(name);
}

function sumOf(rows: Figures[]): Figures {
	const total: Figures = { due: 0, completed: 0, inProgress: 0, overdue: 0, notStarted: 0, exempt: 0 };
	for (const row of rows) for (const key of Object.keys(total) as (keyof Figures)[]) total[key] += row[key];
	return total;
}
