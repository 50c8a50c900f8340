import { inArray, sql } from 'drizzle-orm';
import { units } from '#db/schema/units.ts';
import { batchesOf } from '../../platform/batches.ts';
import type { Context } from '../../platform/context.ts';
import { inOfficialOrder } from '../../units/official-order.ts';
import { addUpTurnout, byUnitBelow, type TurnoutRow } from './turnout.ts';
import type { Turnout } from './exam-figures.ts';

export interface UnitTurnout {
	id: string;
	name: string;
	turnout: Turnout;
	/** Has further units below it that have candidates. */
	opens: boolean;
}

/** The turnout right below a unit, in official order and with names; those of the unit itself come first. */
export async function turnoutBelow({ db }: Context, rows: readonly TurnoutRow[], path: string): Promise<UnitTurnout[]> {
	const groups = new Map(byUnitBelow(rows, path).map(({ path, turnout }) => [path, turnout]));
	if (groups.size === 0) return [];
	const named = await db
		.select({
			id: units.id,
			name: units.name,
			path: sql<string>`${units.path}::text`,
			parentId: units.parentId,
			position: units.position,
			code: units.code
		})
		.from(units)
		.where(inArray(sql`${units.path}::text`, [...groups.keys()]));
	return inOfficialOrder(named).map(({ id, name, path: own }) => ({
		id,
		name,
		turnout: groups.get(own)!,
		opens: own !== path && rows.some((row) => row.path.startsWith(`${own}.`))
	}));
}

/** The turnout by rank, in the order of the ranks; those without one come last. */
export function turnoutByRank(
	rows: readonly TurnoutRow[],
	ranks: readonly string[]
): { rank: string | null; turnout: Turnout }[] {
	const groups = Map.groupBy(rows, ({ rank }) => rank);
	return [...ranks, null].flatMap((rank) => {
		const own = groups.get(rank);
		return own ? [{ rank, turnout: addUpTurnout(own) }] : [];
	});
}

/** Every unit and rank with its turnout, units under those they belong to, a batch of names at a time. */
export async function* eachUnitTurnout(
	{ db }: Context,
	rows: readonly TurnoutRow[]
): AsyncGenerator<{ unit: string; rank: string | null; turnout: Turnout }> {
	const byPath = rows.toSorted((a, b) => (a.path < b.path ? -1 : Number(a.path > b.path)));
	for (const batch of batchesOf(byPath, 500)) {
		const named = await db
			.select({ id: units.id, name: units.name })
			.from(units)
			.where(inArray(units.id, [...new Set(batch.map(({ unitId }) => unitId))]));
		const names = new Map(named.map(({ id, name }) => [id, name]));
		for (const { unitId, rank, ...turnout } of batch) yield { unit: names.get(unitId) ?? '', rank, turnout };
	}
}
