import { sql } from 'drizzle-orm';
import { units } from '#db/schema/units.ts';
import type { Ability } from '../access/abilities.ts';
import { demand, within } from '../access/scope.ts';
import type { Context } from '../platform/context.ts';
import { inOfficialOrder } from './official-order.ts';

/** A unit to choose; `depth` says how far below the topmost ones among them it stands, `above` names its parent. */
export type UnitChoice = { id: string; name: string; depth: number; above: string | null };

/** Units to choose from in a list. Not `complete` where there are too many: then these are the upper ones and those around the chosen one. */
export type UnitChoices = { units: UnitChoice[]; complete: boolean };

const mostListed = 400;
const mostFound = 30;

/** The open units to which the actor may do this, in official order. @param around the unit that is chosen now: it is always among them */
export async function listUnitChoices(
	ctx: Context,
	ability: Ability = 'unit:view',
	around?: string | null
): Promise<UnitChoices> {
	const rows = inOfficialOrder(await readUnits(ctx, ability));
	if (rows.length <= mostListed) return { units: asChoices(rows), complete: true };

	const chosen = rows.find(({ id }) => id === around);
	const top = Math.min(...rows.map(levelOf));
	const isNear = ({ id, path, parentId }: Row) =>
		id === around ||
		parentId === around ||
		parentId === chosen?.parentId ||
		Boolean(chosen?.path.startsWith(`${path}.`));
	return {
		units: asChoices(rows.filter((row) => levelOf(row) <= top + 1 || (chosen && isNear(row)))),
		complete: false
	};
}

/** The first open units whose name or code holds what was typed, among those to which the actor may do this. */
export async function findUnits(
	ctx: Context,
	{ q, ability = 'unit:view' }: { q: string; ability?: Ability }
): Promise<UnitChoice[]> {
	demand(ctx, ability);
	const hit = q.toLowerCase();
	const found = inOfficialOrder(await readUnits(ctx, ability)).filter(
		({ name, code }) => name.toLowerCase().includes(hit) || code.toLowerCase().startsWith(hit)
	);
	return asChoices(found.slice(0, mostFound)).map((choice) => ({ ...choice, depth: 0 }));
}

type Row = Awaited<ReturnType<typeof readUnits>>[number];

function readUnits({ db, actor }: Context, ability: Ability) {
	return db
		.select({
			id: units.id,
			parentId: units.parentId,
			position: units.position,
			code: units.code,
			name: units.name,
			path: units.path,
			above: sql<string | null>`(select a.name from units a where a.id = units.parent_id)`
		})
		.from(units)
		.where(sql`${units.closedOn} is null and ${within(actor, ability, units.path)}`);
}

const levelOf = ({ path }: { path: string }) => path.split('.').length;

function asChoices(rows: Row[]): UnitChoice[] {
	const top = Math.min(...rows.map(levelOf));
	return rows.map(({ id, name, above, path }) => ({ id, name, above, depth: levelOf({ path }) - top }));
}
