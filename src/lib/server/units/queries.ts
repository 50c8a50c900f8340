import { and, eq, isNull, type SQL, sql } from 'drizzle-orm';
import { unitPeriods, units } from '#db/schema/units.ts';
import type { Ability } from '../access/abilities.ts';
import { demandWithin, within } from '../access/scope.ts';
import type { Context } from '../platform/context.ts';
import { notFound } from '../platform/errors.ts';
import { inOfficialOrder } from './official-order.ts';

export type Unit = typeof units.$inferSelect;

/** A unit that the actor may do this to. @throws not-found unit.not-found */
export async function getUnit(ctx: Context, id: string, ability: Ability = 'unit:view'): Promise<Unit> {
	const unit = await findUnit(ctx, id);
	demandWithin(ctx, ability, unit?.path, 'unit');
	if (!unit) throw notFound('unit');
	return unit;
}

/** A unit, whoever asks; for commands that decide about scope themselves. */
export async function findUnit({ db }: Context, id: string): Promise<Unit | undefined> {
	const [unit] = await db.select().from(units).where(eq(units.id, id));
	return unit;
}

/** The topmost unit, whoever asks; undefined in an empty database. */
export async function findRoot({ db }: Context): Promise<Unit | undefined> {
	const [root] = await db.select().from(units).where(isNull(units.parentId));
	return root;
}

/** A unit with its row taken, for a change that others must wait for. @throws not-found unit.not-found */
export async function lockUnit(ctx: Context, id: string, ability: Ability): Promise<Unit> {
	const [unit] = await ctx.db.select().from(units).where(eq(units.id, id)).for('update');
	demandWithin(ctx, ability, unit?.path, 'unit');
	if (!unit) throw notFound('unit');
	return unit;
}

export type TreeUnit = Pick<Unit, 'id' | 'parentId' | 'position' | 'kind' | 'name' | 'code' | 'closedOn' | 'path'> & {
	depth: number;
	people: number;
};

/**
 * The units within reach, in official order, parents before children; with the number of people on the roster of each.
 * @param search part of a name or code; units above a hit come along so that its place can be seen
 */
export async function listTree(
	ctx: Context,
	{ ability = 'unit:view', search = '', closed = false }: { ability?: Ability; search?: string; closed?: boolean } = {}
): Promise<TreeUnit[]> {
	const hit = `%${search.replace(/[\\%_]/g, '\\$&')}%`;
	const found: SQL | undefined = search
		? sql`exists (select 1 from ${units} h where h.path <@ ${units.path} and (h.name ilike ${hit} or h.code ilike ${hit}))`
		: undefined;

	const rows = await ctx.db
		.select({
			id: units.id,
			parentId: units.parentId,
			position: units.position,
			kind: units.kind,
			name: units.name,
			code: units.code,
			path: units.path,
			closedOn: units.closedOn,
			depth: sql<number>`nlevel(${units.path})`.mapWith(Number),
			// a column given to sql`` here would lose its table, and mean the one of people
			people: sql<number>`(select count(*) from people p where p.unit_id = units.id and p.status = 'active')`.mapWith(
				Number
			)
		})
		.from(units)
		.where(and(within(ctx.actor, ability, units.path), closed ? undefined : isNull(units.closedOn), found));
	return inOfficialOrder(rows);
}

/** What a unit was called and where it stood, newest first. */
export function listPeriods({ db }: Context, unitId: string) {
	return db
		.select({ period: unitPeriods, parent: units.name })
		.from(unitPeriods)
		.leftJoin(units, eq(units.id, unitPeriods.parentId))
		.where(eq(unitPeriods.unitId, unitId))
		.orderBy(sql`${unitPeriods.startsOn} desc`);
}
