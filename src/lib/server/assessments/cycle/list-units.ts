import { sql } from 'drizzle-orm';
import { within } from '../../access/scope.ts';
import type { Band } from '#lib/schemas/assessments.ts';
import type { Context } from '../../platform/context.ts';
import type { Cycle } from './read-cycle.ts';

export type ListedUnit = {
	id: string;
	name: string;
	depth: number;
	path: string;
	nowPath: string;
	first: number;
	people: number;
	reviews: boolean;
	submittedAt: Date | null;
	submittedBy: string | null;
	returnedBecause: string | null;
	remindedAt: Date | null;
	mark: number | null;
} & Record<Band, number>;

/**
 * The units of a cycle within reach, in official order, down to the depth that reviews (or below a unit that is asked for): how
 * many people with everything below, by band, and where the review stands.
 */
export async function listUnits(
	{ db, actor }: Context,
	cycle: Cycle,
	below?: { path: string; depth: number }
): Promise<ListedUnit[]> {
	const top = below?.depth ?? cycle.unitPath.split('.').length;
	const deepest = below ? below.depth + 1 : top + Math.max(1, cycle.reviewDepth);
	const counted =
		cycle.state === 'closed'
			? sql`select unit_id, coalesce(excellent, 0) as excellent, coalesce(good, 0) as good, coalesce(qualified, 0) as qualified, coalesce(not_qualified, 0) as failed from assessment_units where cycle_id = ${cycle.id}`
			: sql`select unit_id, count(*) filter (where band = 'excellent') as excellent, count(*) filter (where band = 'good') as good, count(*) filter (where band = 'qualified') as qualified, count(*) filter (where band = 'not-qualified') as failed
				from assessment_results where cycle_id = ${cycle.id} group by 1`;
	const { rows } = await db.execute<
		Omit<ListedUnit, 'submittedAt' | 'remindedAt'> & { submittedAt: string | null; remindedAt: string | null }
	>(sql`
		with own as (${counted}),
		shown as (
			select u.*, now.path as now_path from assessment_units u join units now on now.id = u.unit_id
			where u.cycle_id = ${cycle.id} and u.depth <= ${deepest} and u.path <@ ${below?.path ?? cycle.path}::ltree and ${within(actor, 'result:view', sql`now.path`)}
		),
		summed as (
			select shown.unit_id, sum(own.excellent)::int as excellent, sum(own.good)::int as good, sum(own.qualified)::int as qualified, sum(own.failed)::int as failed
			from shown join assessment_units b on b.cycle_id = ${cycle.id} and b.path <@ shown.path join own on own.unit_id = b.unit_id group by 1
		)
		select s.unit_id as id, s.name, s.depth, s.path::text as path, s.now_path::text as "nowPath", s.first, s.people,
			coalesce(t.excellent, 0) as excellent, coalesce(t.good, 0) as good, coalesce(t.qualified, 0) as qualified, coalesce(t.failed, 0) as "not-qualified",
			r.unit_id is not null as reviews, r.submitted_at as "submittedAt", p.name as "submittedBy", r.returned_because as "returnedBecause", r.reminded_at as "remindedAt",
			(select m.mark::float8 from assessment_unit_marks m where m.year = ${cycle.year} and m.unit_id = s.unit_id order by m.entered_at desc, m.id desc limit 1) as mark
		from shown s left join summed t on t.unit_id = s.unit_id
		left join assessment_reviews r on r.cycle_id = ${cycle.id} and r.unit_id = s.unit_id left join people p on p.id = r.submitted_by
		order by s.position`);
	const instant = (text: string | null) => (text === null ? null : new Date(text));
	return rows.map((row) => ({ ...row, submittedAt: instant(row.submittedAt), remindedAt: instant(row.remindedAt) }));
}

/** The units of a cycle that may be given a mark, as they stand, with the mark that holds. */
export async function listMarkable({ db, actor }: Context, cycle: Cycle) {
	const { rows } = await db.execute<{ id: string; name: string; depth: number; mark: number | null }>(sql`
		select u.id, u.name, nlevel(u.path) - nlevel(${cycle.path}::ltree) as depth,
			(select m.mark::float8 from assessment_unit_marks m where m.year = ${cycle.year} and m.unit_id = u.id order by m.entered_at desc, m.id desc limit 1) as mark
		from units u where u.path <@ ${cycle.path}::ltree and nlevel(u.path) <= nlevel(${cycle.path}::ltree) + ${Math.max(1, cycle.reviewDepth)}::int
			and u.closed_on is null and ${within(actor, 'result:confirm', sql`u.path`)}
		order by u.path limit 500`);
	return rows;
}
