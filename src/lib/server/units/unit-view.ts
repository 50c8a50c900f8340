import { and, asc, eq, gt, isNull, lte, or, sql } from 'drizzle-orm';
import { people, posts } from '#db/schema/people.ts';
import { grants, unitPeriods, units } from '#db/schema/units.ts';
import { can } from '../access/scope.ts';
import type { Context } from '../platform/context.ts';
import { type CalendarDate, dateOf } from '../platform/dates.ts';
import type { Unit } from './queries.ts';

/** What a change of a unit touches: people in it and below it, units below it, roles held over it. */
export type Reach = { people: number; peopleBelow: number; unitsBelow: number; roles: number };

export async function countReach({ db, now }: Context, { id, path }: Unit): Promise<Reach> {
	const today = dateOf(now);
	const { rows } = await db.execute<Reach>(sql`
		select (select count(*) from ${people} p where p.unit_id = ${id} and p.status = 'active')::int as people,
			(select count(*) from ${people} p join ${units} b on b.id = p.unit_id where b.path <@ ${path}::ltree and b.id <> ${id} and p.status = 'active')::int as "peopleBelow",
			(select count(*) from ${units} b where b.path <@ ${path}::ltree and b.id <> ${id} and b.closed_on is null)::int as "unitsBelow",
			(select count(*) from ${grants} g where g.unit_id = ${id} and g.revoked_at is null and (g.ends_on is null or g.ends_on > ${today}))::int as roles`);
	return rows[0] ?? { people: 0, peopleBelow: 0, unitsBelow: 0, roles: 0 };
}

/** People who hold a post in the unit on or after a day, at most `most` of them: whom closing it would leave without a place. */
export function listHolders({ db }: Context, unitId: string, from: CalendarDate, most = 10) {
	return db
		.selectDistinct({
			id: people.id,
			name: people.name,
			title: posts.title,
			sorting: sql`${people.name} collate "zh-x-icu"`
		})
		.from(posts)
		.innerJoin(people, eq(people.id, posts.personId))
		.where(and(eq(posts.unitId, unitId), or(isNull(posts.endsOn), gt(posts.endsOn, from))))
		.orderBy(sql`${people.name} collate "zh-x-icu"`)
		.limit(most);
}

/** Units directly below on a day, in official order. */
export function listBelow({ db }: Context, unitId: string, on: CalendarDate) {
	return db
		.select({
			id: units.id,
			name: units.name,
			kind: units.kind,
			code: units.code,
			people: sql<number>`(select count(*) from people p where p.unit_id = units.id and p.status = 'active')`.mapWith(
				Number
			)
		})
		.from(unitPeriods)
		.innerJoin(units, eq(units.id, unitPeriods.unitId))
		.where(
			and(
				eq(unitPeriods.parentId, unitId),
				lte(unitPeriods.startsOn, on),
				or(isNull(unitPeriods.endsOn), gt(unitPeriods.endsOn, on))
			)
		)
		.orderBy(asc(units.position), asc(units.code));
}

/** Roles held over exactly this unit today, and by whom. */
export function listRolesOver({ db, now }: Context, unitId: string) {
	const today = dateOf(now);
	return db
		.select({ id: grants.id, role: grants.role, personId: people.id, name: people.name, endsOn: grants.endsOn })
		.from(grants)
		.innerJoin(people, eq(people.id, grants.personId))
		.where(
			and(
				eq(grants.unitId, unitId),
				isNull(grants.revokedAt),
				lte(grants.startsOn, today),
				or(isNull(grants.endsOn), gt(grants.endsOn, today))
			)
		)
		.orderBy(asc(grants.role), sql`${people.name} collate "zh-x-icu"`);
}

/** The units above, from the topmost one within reach down to the parent: the way to this one. */
export async function listAbove({ db, actor }: Context, { path }: Unit) {
	const rows = await db
		.select({ id: units.id, name: units.name, path: units.path })
		.from(units)
		.where(sql`${units.path} @> ${path}::ltree and ${units.path} <> ${path}::ltree`)
		.orderBy(sql`nlevel(${units.path})`);
	return rows.filter((unit) => can(actor, 'unit:view', unit.path)).map(({ id, name }) => ({ id, name }));
}
