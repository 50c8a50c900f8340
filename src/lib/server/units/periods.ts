import { and, asc, eq, gt, inArray, isNull, lte, or, type SQL, sql } from 'drizzle-orm';
import { unitPeriods, units } from '#db/schema/units.ts';
import { announce } from '../platform/announce.ts';
import type { Context } from '../platform/context.ts';
import { type CalendarDate, dateOf } from '../platform/dates.ts';
import { conflict } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';

type Change = Partial<Pick<typeof unitPeriods.$inferInsert, 'name' | 'parentId'>>;

/**
 * Lets a unit have another name or place from a date on: splits the period that holds on that day. What was already decided
 * for a later day stays; later periods that merely carried on the former name or place carry on the new one.
 * @throws conflict unit.not-open where the unit does not exist on that day
 */
export async function changeFrom(ctx: Context, unitId: string, from: CalendarDate, change: Change): Promise<void> {
	const period = await periodOn(ctx, unitId, from);

	if (period.startsOn === from) {
		await ctx.db.update(unitPeriods).set(change).where(eq(unitPeriods.id, period.id));
	} else {
		await ctx.db
			.update(unitPeriods)
			.set({ endsOn: from, closing: null, mergedIntoId: null })
			.where(eq(unitPeriods.id, period.id));
		await ctx.db.insert(unitPeriods).values({ ...period, ...change, id: newId(), startsOn: from });
	}
	await carryOn(ctx, period, change);
	await project(ctx, [unitId]);
}

async function carryOn(
	{ db }: Context,
	period: typeof unitPeriods.$inferSelect,
	{ name, parentId }: Change
): Promise<void> {
	const later = and(eq(unitPeriods.unitId, period.unitId), gt(unitPeriods.startsOn, period.startsOn));
	const formerPlace: SQL = sql`${unitPeriods.parentId} is not distinct from ${period.parentId}`;
	if (name !== undefined)
		await db
			.update(unitPeriods)
			.set({ name })
			.where(and(later, eq(unitPeriods.name, period.name)));
	if (parentId !== undefined) await db.update(unitPeriods).set({ parentId }).where(and(later, formerPlace));
}

/** Ends a unit on a date: the first day on which it no longer exists. Periods that would have begun later fall away. */
export async function endOn(
	ctx: Context,
	unitId: string,
	on: CalendarDate,
	how: { closing: 'closed' | 'merged'; mergedIntoId?: string }
): Promise<void> {
	const period = await periodOn(ctx, unitId, on);
	if (period.startsOn === on) throw conflict('unit.begins-that-day', { field: 'from' });

	await ctx.db.delete(unitPeriods).where(and(eq(unitPeriods.unitId, unitId), gt(unitPeriods.startsOn, on)));
	await ctx.db
		.update(unitPeriods)
		.set({ endsOn: on, ...how })
		.where(eq(unitPeriods.id, period.id));
	await project(ctx, [unitId]);
}

async function periodOn({ db }: Context, unitId: string, on: CalendarDate) {
	const [period] = await db
		.select()
		.from(unitPeriods)
		.where(
			and(
				eq(unitPeriods.unitId, unitId),
				lte(unitPeriods.startsOn, on),
				or(isNull(unitPeriods.endsOn), gt(unitPeriods.endsOn, on))
			)
		);
	if (!period) throw conflict('unit.not-open', { field: 'from' });
	return period;
}

/** Brings `units` in line with what its periods say about today, from the top down, as paths follow parents. */
export async function project(ctx: Context, unitIds: string[]): Promise<void> {
	const today = dateOf(ctx.now);
	const rows = await ctx.db
		.select({ period: unitPeriods })
		.from(unitPeriods)
		.innerJoin(units, eq(units.id, unitPeriods.unitId))
		.where(and(inArray(unitPeriods.unitId, unitIds), lte(unitPeriods.startsOn, today)))
		.orderBy(sql`nlevel(${units.path})`, asc(unitPeriods.startsOn));

	// of several periods of one unit, the last one that has begun holds
	for (const { period } of new Map(rows.map((row) => [row.period.unitId, row])).values()) {
		const ended = period.endsOn !== null && period.endsOn <= today && period.closing !== null;
		await ctx.db
			.update(units)
			.set({
				name: period.name,
				closedOn: ended ? period.endsOn : null,
				mergedIntoId: ended ? period.mergedIntoId : null
			})
			.where(eq(units.id, period.unitId));
		await placeBelow(ctx, period.unitId, period.parentId);
	}
}

/** Moves a subtree in the paths: the unit's own label below its parent's path, and everything below it along. */
async function placeBelow(ctx: Context, unitId: string, parentId: string | null): Promise<void> {
	if (parentId === null) return;
	const { rowCount } = await ctx.db.execute(sql`
		with moved as (
			select u.path as old_path, parent.path || subpath(u.path, -1) as new_path
			from ${units} u join ${units} parent on parent.id = ${parentId}
			where u.id = ${unitId} and u.parent_id is distinct from parent.id
		)
		update ${units} set
			parent_id = case when id = ${unitId} then ${parentId}::uuid else parent_id end,
			path = case when path = moved.old_path then moved.new_path else moved.new_path || subpath(path, nlevel(moved.old_path)) end
		from moved where path <@ moved.old_path`);
	if (rowCount) await announce(ctx, 'unit.moved', { unitId });
}
