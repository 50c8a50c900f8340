import { type SQL, sql } from 'drizzle-orm';
import type * as v from 'valibot';
import { people } from '#db/schema/people.ts';
import { units } from '#db/schema/units.ts';
import type * as schemas from '#lib/schemas/people.ts';
import type { Ability } from '../access/abilities.ts';
import { rootsOf, within } from '../access/scope.ts';
import type { Context } from '../platform/context.ts';
import { dateOf, yearOf } from '../platform/dates.ts';
import { idList } from '../platform/id-list.ts';
import { inOfficialOrder } from '../units/official-order.ts';
import { isFoundBy } from './name-search.ts';

/** The filter of the page; `ids` narrows it to people picked one by one. */
export type PeopleFilter = Partial<v.InferOutput<typeof schemas.peopleFilter>> & { ids?: readonly string[] };
export type PeopleView = NonNullable<PeopleFilter['view']>;

/** What a list of people is asked from: the units it covers (null is every unit there is) and the condition on a person. */
export type Listed = { unitIds: string[] | null; where: SQL };

/**
 * Who is on a list of people, for its pages, its count, its export and its bulk acts alike. The units are looked up first:
 * knowing them, PostgreSQL can tell whether to walk along the names or to fetch a few units.
 */
export async function listed(ctx: Context, filter: PeopleFilter, ability: Ability): Promise<Listed> {
	const unitIds = seesAll(ctx, ability) && !filter.unit ? null : await unitIdsOf(ctx, filter, ability);
	const parts = [unitIds === null ? sql`${people.unitId} is not null` : inUnits(unitIds), ...conditions(ctx, filter)];
	return { unitIds, where: sql.join(parts, sql` and `) };
}

/** In one of these units; their ids are one parameter. */
export const inUnits = (unitIds: readonly string[]): SQL => sql`${people.unitId} = any(${sql.param(unitIds)}::uuid[])`;

/** Ids of the units that a list covers, in official order. */
export async function unitIdsOf(ctx: Context, { unit, only }: PeopleFilter, ability: Ability): Promise<string[]> {
	const chosen = !unit
		? sql`true`
		: only
			? sql`${units.id} = ${unit}`
			: sql`${units.path} <@ (select path from units where id = ${unit})`;
	const rows = await ctx.db
		.select({ id: units.id, parentId: units.parentId, position: units.position, code: units.code })
		.from(units)
		.where(sql`${within(ctx.actor, ability, units.path)} and ${chosen}`);
	return inOfficialOrder(rows).map(({ id }) => id);
}

/** Over the topmost unit, and so over all of them. */
const seesAll = ({ actor }: Context, ability: Ability) => rootsOf(actor, ability).some((path) => !path.includes('.'));

function conditions(ctx: Context, { q, level, rank, establishment, status, view, ids }: PeopleFilter): SQL[] {
	const parts: SQL[] = [];
	if (ids) parts.push(sql`${people.id} in ${idList(ids)}`);
	if (q) parts.push(isFoundBy(q));
	if (level === 'any') parts.push(sql`${people.leadershipLevel} is not null`);
	else if (level === 'none') parts.push(sql`${people.leadershipLevel} is null`);
	else if (level) parts.push(sql`${people.leadershipLevel} = ${level}`);
	if (rank) parts.push(rank === 'none' ? sql`${people.rank} is null` : sql`${people.rank} = ${rank}`);
	if (establishment) {
		parts.push(
			establishment === 'none' ? sql`${people.establishment} is null` : sql`${people.establishment} = ${establishment}`
		);
	}
	if (status !== 'all') parts.push(sql`${people.status} = ${status ?? 'active'}`);
	if (view) parts.push(views[view](ctx));
	return parts;
}

const views: Record<PeopleView, (ctx: Context) => SQL> = {
	overdue: ({ now }) =>
		sql`${people.id} in (select o.person_id from obligations o where o.completed_at is null and o.withdrawn_at is null and o.exempt_at is null and o.due_on < ${dateOf(now)})`,
	joined: ({ now }) => sql`${people.joinedOn} >= ${`${yearOf(now)}-01-01`}`,
	away: ({ now }) => sql`${people.id} in (
		select p.person_id from posts p where p.kind = 'secondment' and p.starts_on <= ${dateOf(now)} and (p.ends_on is null or p.ends_on > ${dateOf(now)}))`,
	'no-password': () => sql`${people.id} in (select a.person_id from accounts a where a.password_hash is null)`
};
