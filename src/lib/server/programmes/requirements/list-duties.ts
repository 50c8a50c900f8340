import { type SQL, sql } from 'drizzle-orm';
import type { Asked } from '#lib/components/programmes/asked-words.ts';
import { obligations } from '#db/schema/programmes.ts';
import { people } from '#db/schema/people.ts';
import { units } from '#db/schema/units.ts';
import { within } from '../../access/scope.ts';
import type { Context } from '../../platform/context.ts';
import { iso } from '../../platform/iso.ts';
import { type Asked as AskedPage, type Order, type Page, readPage, turned } from '../../platform/keyset.ts';
import { type Listing, listed, stateToday } from '../listed.ts';
import type { ObligationState } from '../obligation-state.ts';
import { whatIsAsked } from '../what-is-asked.ts';

export type DutyLine = {
	id: string;
	personId: string;
	name: string;
	staffNumber: string;
	unit: string;
	title: string;
	asked: Asked;
	state: ObligationState;
	opensOn: string | null;
	dueOn: string;
	completedAt: string | null;
	withdrawnBecause: string | null;
};

export type DutySort = 'name' | '-name' | 'due' | '-due';
export type DutyListing = Listing & { requirement?: string | undefined; sort?: DutySort | undefined };

const byName: Order = { key: sql`${people.name} collate "zh-x-icu"`, id: obligations.id, type: 'text' };
const byDue: Order = { key: obligations.dueOn, id: obligations.id, type: 'date' };
const orders: Record<DutySort, Order> = {
	name: byName,
	'-name': { ...byName, descending: true },
	due: byDue,
	'-due': { ...byDue, descending: true }
};

const lines = (ctx: Context, assignmentId: string, { requirement, ...listing }: DutyListing): SQL => sql`
	from ${obligations} join ${people} on ${people.id} = ${obligations.personId} join ${units} on ${units.id} = ${obligations.unitId}
	where ${obligations.programmeAssignmentId} = ${assignmentId} and ${within(ctx.actor, 'training:view', units.path)} and ${listed(ctx, listing)}
		and ${requirement ? sql`${obligations.requirementId} = ${requirement}::uuid` : sql`true`}`;

/** The duties of a standing assignment within reach, a page at a time. */
export function listDuties(
	ctx: Context,
	assignmentId: string,
	{ sort = 'name', after, before, size = 50, ...listing }: AskedPage & DutyListing & { size?: number } = {}
): Promise<Page<DutyLine & { key: string }>> {
	return readPage<DutyLine & { key: string }>(
		{ after, before },
		{
			size,
			keyOf: ({ key, id }) => [key, id],
			read: async (turn) => {
				const { where, rest } = turned(orders[sort], turn);
				const { rows } = await ctx.db.execute<DutyLine & { key: string }>(sql`
					select (${orders[sort].key})::text as key, ${obligations.id}, ${people.id} as "personId", ${people.name}, ${people.staffNumber}::text as "staffNumber",
						${units.name} as unit, ${people.title}, ${whatIsAsked(sql`${obligations}`)} as asked, ${stateToday(ctx)} as state, ${obligations.opensOn}::text as "opensOn",
						${obligations.dueOn}::text as "dueOn", ${iso(obligations.completedAt)} as "completedAt", ${obligations.withdrawnBecause} as "withdrawnBecause"
					${lines(ctx, assignmentId, listing)} and ${where} ${rest}`);
				return rows;
			}
		}
	);
}

/** The same list whole, a batch at a time: what an export writes. */
export async function* eachDuty(ctx: Context, assignmentId: string, listing: DutyListing): AsyncGenerator<DutyLine> {
	for (let after: string | null = null, first = true; first || after; first = false) {
		const page: Page<DutyLine> = await listDuties(ctx, assignmentId, { ...listing, after, size: 1_000 });
		yield* page.rows;
		after = page.next;
	}
}

/** Units that have people in a standing assignment within reach, for the filter. */
export async function listDutyUnits(ctx: Context, assignmentId: string): Promise<{ id: string; name: string }[]> {
	const { rows } = await ctx.db.execute<{ id: string; name: string }>(
		sql`select distinct ${units.id}, ${units.name}, ${units.path} ${lines(ctx, assignmentId, {})} order by ${units.path} limit 300`
	);
	return rows.map(({ id, name }) => ({ id, name }));
}
