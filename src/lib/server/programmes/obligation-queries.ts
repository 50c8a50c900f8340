import { type SQL, sql } from 'drizzle-orm';
import { people } from '#db/schema/people.ts';
import { obligations } from '#db/schema/programmes.ts';
import { units } from '#db/schema/units.ts';
import { within } from '../access/scope.ts';
import type { Context } from '../platform/context.ts';
import { iso } from '../platform/iso.ts';
import { type Asked, type Order, type Page, readPage, turned } from '../platform/keyset.ts';
import { idList } from '../platform/id-list.ts';
import { type Listing, listed, stateToday } from './listed.ts';
import { isLive, type ObligationState } from './obligation-state.ts';

export type ObligationLine = {
	id: string;
	personId: string;
	name: string;
	staffNumber: string;
	unit: string;
	title: string;
	state: ObligationState;
	dueOn: string;
	/** Instants as ISO text. */
	startedAt: string | null;
	completedAt: string | null;
	withdrawnBecause: string | null;
	/** The unit through which the person is meant; null where they were named, or have moved since. */
	throughUnit: string | null;
	named: boolean;
};

export type ObligationSort = 'name' | '-name' | 'due' | '-due' | 'number' | '-number';
const size = 50;

const byName: Order = { key: sql`${people.name} collate "zh-x-icu"`, id: obligations.id, type: 'text' };
const byDue: Order = { key: obligations.dueOn, id: obligations.id, type: 'date' };
const byNumber: Order = { key: sql`${people.staffNumber}::text`, id: obligations.id, type: 'text' };
const orders: Record<ObligationSort, Order> = {
	name: byName,
	'-name': { ...byName, descending: true },
	due: byDue,
	'-due': { ...byDue, descending: true },
	number: byNumber,
	'-number': { ...byNumber, descending: true }
};

type Line = ObligationLine & { key: string };

/** What stands behind an assignment within reach, narrowed. */
const lines = (ctx: Context, assignmentId: string, listing: Listing): SQL => sql`
	from ${obligations} join ${people} on ${people.id} = ${obligations.personId} join ${units} on ${units.id} = ${obligations.unitId}
	where ${obligations.assignmentId} = ${assignmentId} and ${within(ctx.actor, 'training:view', units.path)} and ${listed(ctx, listing)}`;

const columns = (ctx: Context): SQL => sql`
	${obligations.id}, ${people.id} as "personId", ${people.name}, ${people.staffNumber}::text as "staffNumber", ${units.name} as unit, ${people.title},
	${stateToday(ctx)} as state, ${obligations.dueOn}::text as "dueOn", ${iso(obligations.startedAt)} as "startedAt", ${iso(obligations.completedAt)} as "completedAt",
	${obligations.withdrawnBecause} as "withdrawnBecause",
	exists (select 1 from assignment_targets t where t.assignment_id = ${obligations.assignmentId} and t.person_id = ${people.id}) as named,
	(select u.name from assignment_targets t join units u on u.id = t.unit_id
		where t.assignment_id = ${obligations.assignmentId} and (u.path = ${units.path} or t.subtree and u.path @> ${units.path})
		order by nlevel(u.path) desc limit 1) as "throughUnit"`;

/** The people of an assignment within reach, a page at a time. */
export function listObligations(
	ctx: Context,
	assignmentId: string,
	{ sort = 'name', after, before, ...listing }: Asked & Listing & { sort?: ObligationSort } = {}
): Promise<Page<Line>> {
	return readPage<Line>(
		{ after, before },
		{
			size,
			keyOf: ({ key, id }) => [key, id],
			read: async (turn) => {
				const { where, rest } = turned(orders[sort], turn);
				const { rows } = await ctx.db.execute<Line>(
					sql`select (${orders[sort].key})::text as key, ${columns(ctx)} ${lines(ctx, assignmentId, listing)} and ${where} ${rest}`
				);
				return rows;
			}
		}
	);
}

/** The same list whole, a batch at a time: what an export writes. */
export async function* eachObligation(
	ctx: Context,
	assignmentId: string,
	listing: Listing & { sort?: ObligationSort }
): AsyncGenerator<ObligationLine> {
	for (let after: string | null = null, first = true; first || after; first = false) {
		const page: Page<Line> = await listObligations(ctx, assignmentId, { ...listing, after });
		yield* page.rows;
		after = page.next;
	}
}

export type Touched = { count: number; overdue: number; names: string[] };

/** What a change would touch: how many that are open, how many of them late, and the first names. One's own is left out. */
export async function previewChange(
	ctx: Context,
	assignmentId: string,
	{ obligationIds, ...listing }: Listing & { obligationIds?: string[] }
): Promise<Touched> {
	const chosen = obligationIds ? sql`${obligations.id} in ${idList(obligationIds)}` : sql`true`;
	const open = sql`${isLive(sql`${obligations}`)} and ${obligations.personId} <> ${ctx.actor.personId}
		and ${within(ctx.actor, 'training:assign', units.path)}`;
	const { rows } = await ctx.db.execute<{ count: number; overdue: number; names: string[] | null }>(sql`
		select count(*)::int as count, (count(*) filter (where state = 'overdue'))::int as overdue,
			(array_agg(name order by name collate "zh-x-icu"))[1:5] as names
		from (select ${people.name} as name, ${stateToday(ctx)} as state ${lines(ctx, assignmentId, listing)} and ${chosen} and ${open}) touched`);
	return { count: rows[0]?.count ?? 0, overdue: rows[0]?.overdue ?? 0, names: rows[0]?.names ?? [] };
}

/** Units that have people in an assignment within reach, for the filter. */
export async function listAssignmentUnits(ctx: Context, assignmentId: string): Promise<{ id: string; name: string }[]> {
	const { rows } = await ctx.db.execute<{ id: string; name: string }>(
		sql`select distinct ${units.id}, ${units.name}, ${units.path} ${lines(ctx, assignmentId, {})} order by ${units.path} limit 300`
	);
	return rows.map(({ id, name }) => ({ id, name }));
}
