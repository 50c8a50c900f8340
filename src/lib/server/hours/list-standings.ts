import { type SQL, sql } from 'drizzle-orm';
import type * as v from 'valibot';
import { people } from '#db/schema/people.ts';
import { units } from '#db/schema/units.ts';
import type { Localized } from '#db/schema/columns.ts';
import type { HourCategory, hoursFilter, hoursOrders } from '#lib/schemas/hours.ts';
import type { LeadershipLevel, PersonStatus, Rank } from '#lib/schemas/people.ts';
import { listed } from '../people/listed.ts';
import type { Context } from '../platform/context.ts';
import { yearOf } from '../platform/dates.ts';
import { type Asked, type Order, type Page, readPage, turned } from '../platform/keyset.ts';
import { standingJoins } from './standing-in-sql.ts';
import type { Standing } from './standing.ts';

export type HoursFilter = Partial<v.InferOutput<typeof hoursFilter>>;
export type HoursOrder = (typeof hoursOrders)[number];

/** A standing with what its target is called. */
export type NamedStanding = Standing & { name: Localized; years: number; category: HourCategory | null };

export type ListedStanding = {
	id: string;
	name: string;
	staffNumber: string;
	status: PersonStatus;
	unit: string | null;
	title: string;
	leadershipLevel: LeadershipLevel | null;
	rank: Rank | null;
	/** Hours of the year. */
	hours: number;
	/** The most that is missing from one of the targets. */
	missing: number;
	standings: NamedStanding[];
};

const orders: Record<string, Pick<Order, 'key' | 'type'>> = {
	name: { key: sql`${people.name} collate "zh-x-icu"`, type: 'text' },
	hours: { key: sql`(earned.hours * 10)::int`, type: 'integer' },
	missing: { key: sql`(standing.missing * 10)::int`, type: 'integer' }
};

/** One page of people within reach with their hours of a year and how they stand against every target that holds for them. */
export async function listStandings(
	ctx: Context,
	filter: HoursFilter,
	{ sort = 'name', size = 50, ...asked }: Asked & { sort?: HoursOrder; size?: number } = {}
): Promise<Page<ListedStanding>> {
	const { where: isListed } = await listed(ctx, filter, 'hours:view');
	const column = sort.replace('-', '');
	const order: Order = { ...orders[column]!, id: people.id, descending: sort.startsWith('-') };
	return readPage(asked, {
		size,
		keyOf: (row) => [keyOf(column, row), row.id],
		read: (turn) => {
			const { where, rest } = turned(order, turn);
			return read(ctx, filter, sql`${isListed} and ${where} ${rest}`);
		}
	});
}

const keyOf = (column: string, { name, hours, missing }: ListedStanding): string =>
	column === 'name' ? name : String(Math.round((column === 'hours' ? hours : missing) * 10));

/** Everybody whom a filter leaves, a thousand at a time: for exports. */
export async function* eachStanding(
	ctx: Context,
	filter: HoursFilter,
	sort: HoursOrder
): AsyncGenerator<ListedStanding> {
	for (let after: string | null = null, more = true; more; more = after !== null) {
		const page: Page<ListedStanding> = await listStandings(ctx, filter, { after, sort, size: 1_000 });
		yield* page.rows;
		after = page.next;
	}
}

/** How many of the people whom a filter leaves have less than one of their targets. */
export async function countBelow(ctx: Context, filter: HoursFilter): Promise<number> {
	const { where } = await listed(ctx, filter, 'hours:view');
	const { rows } = await ctx.db.execute<{ count: number }>(sql`
		select count(*)::int as count from ${people} left join ${units} on ${units.id} = ${people.unitId} ${standingJoins(ctx, yearOfFilter(ctx, filter))}
		where ${where} and standing.missing > 0`);
	return rows[0]?.count ?? 0;
}

/** How one person stands in a year against every target that holds for them. */
export async function listStandingsOf(ctx: Context, personId: string, year: number): Promise<NamedStanding[]> {
	const [row] = await read(ctx, { year }, sql`${people.id} = ${personId}`);
	return row?.standings ?? [];
}

async function read(ctx: Context, filter: HoursFilter, rest: SQL): Promise<ListedStanding[]> {
	const { rows } = await ctx.db.execute<ListedStanding>(sql`
		select ${people.id} as id, ${people.name} as name, ${people.staffNumber} as "staffNumber", ${people.status} as status, ${units.name} as unit,
			${people.title} as title, ${people.leadershipLevel} as "leadershipLevel", ${people.rank} as rank,
			earned.hours, standing.missing, standing.standings
		from ${people} left join ${units} on ${units.id} = ${people.unitId} ${standingJoins(ctx, yearOfFilter(ctx, filter))}
		where ${filter.missing ? sql`standing.missing > 0` : sql`true`} and ${rest}`);
	return rows;
}

/** The year that a list shows: that of now, or one past. */
export const yearOfFilter = (ctx: Context, { year }: HoursFilter): number =>
	Math.min(year ?? yearOf(ctx.now), yearOf(ctx.now));
