import { or, sql } from 'drizzle-orm';
import { units } from '#db/schema/units.ts';
import type { Ability } from '../access/abilities.ts';
import { demandWithin, isWithin, rootsOf } from '../access/scope.ts';
import type { Actor, Context } from '../platform/context.ts';
import { yearOf } from '../platform/dates.ts';
import { notFound } from '../platform/errors.ts';
import { isId } from '../platform/ids.ts';
import { pipelined } from '../platform/prepared.ts';

export type Place = { id: string; name: string; path: string };
export type CourseChoice = { id: string; title: { 'zh-CN': string; en: string } };

/** A unit by its id or its path. */
export type Which = { unitId: string } | { path: string };

const given = sql.placeholder;

/** One question for what stands around the figures: this page opens often. */
const frame = pipelined((db) =>
	db
		.select({
			unit: units,
			way: sql<Place[]>`(
				select coalesce(json_agg(json_build_object('id', a.id, 'name', a.name, 'path', a.path::text) order by nlevel(a.path)), '[]')
				from units a where a.path @> units.path and a.path <@ any(${given('roots')}::ltree[]))`,
			courses: sql<CourseChoice[]>`(
				select coalesce(json_agg(json_build_object('id', c.id, 'title', v.title) order by c.position, c.slug), '[]')
				from courses c join course_versions v on v.id = c.current_version_id where c.archived_at is null)`,
			firstYear: sql<number | null>`(select min(year) from completion_rollups)`,
			lastYear: sql<number | null>`(select max(year) from completion_rollups)`,
			pending: sql<string | null>`(select to_json(min(at)) #>> '{}' from completion_dirty)`
		})
		.from(units)
		.where(or(sql`${units.id} = ${given('unitId')}::uuid`, sql`${units.path} = ${given('path')}::ltree`))
		.prepare('overview_frame')
);

/**
 * A unit within reach, the way down to it from the actor's own root, the years and courses between which the overview can
 * choose, and the instant up to which every change is counted.
 * @throws not-found unit.not-found
 */
export async function getOverviewFrame(ctx: Context, which: Which, ability: Ability = 'completion:view') {
	const asked =
		'path' in which
			? { unitId: null, path: which.path }
			: { unitId: isId(which.unitId) ? which.unitId : null, path: null };
	const [found] = await frame(ctx.db).execute({ ...asked, roots: rootsOf(ctx.actor, ability) });
	demandWithin(ctx, ability, found?.unit.path, 'unit');
	if (!found) throw notFound('unit');

	const { unit, way, courses, firstYear, lastYear, pending } = found;
	const current = yearOf(ctx.now);
	const [from, to] = [Math.min(firstYear ?? current, current), Math.max(lastYear ?? current, current)];
	return {
		unit,
		way,
		courses,
		years: Array.from({ length: to - from + 1 }, (_, place) => to - place),
		asOf: pending && new Date(pending) < ctx.now ? new Date(pending) : ctx.now
	};
}

export type OverviewFrame = Awaited<ReturnType<typeof getOverviewFrame>>;

/** Paths of the units over which the actor sees completion, without those that lie within another of them. */
export function topmostOf(actor: Actor): string[] {
	const roots = [...new Set(rootsOf(actor, 'completion:view'))];
	return roots.filter((root) => !roots.some((other) => other !== root && isWithin(root, other)));
}

/** The units from which an actor with several of them can begin, in official order. */
export async function listOverviewRoots({ db, actor }: Context): Promise<Place[]> {
	const { rows } = await db.execute<Place>(sql`
		select u.id, u.name, u.path::text as path from ${units} u
		where u.path = any(${sql.param(topmostOf(actor))}::ltree[]) order by nlevel(u.path), u.position, u.code`);
	return rows;
}
