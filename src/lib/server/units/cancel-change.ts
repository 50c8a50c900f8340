import { and, eq, sql } from 'drizzle-orm';
import type * as v from 'valibot';
import { unitPeriods } from '#db/schema/units.ts';
import type * as schemas from '#lib/schemas/units.ts';
import { record } from '../audit/record.ts';
import { announce } from '../platform/announce.ts';
import { atomically, type Context } from '../platform/context.ts';
import { type CalendarDate, dateOf } from '../platform/dates.ts';
import { conflict, notFound } from '../platform/errors.ts';
import { demandParentsStay } from './endings.ts';
import { lockUnit } from './queries.ts';

/**
 * Takes back what was decided for a unit from a day that has not come: another name or place, its closing, or its merger with
 * everything that was to go over.
 * @throws conflict unit.change-began | unit.moves-with-merger | unit.parent-closes, not-found change
 */
export function cancelChange(
	ctx: Context,
	{ unitId, from }: v.InferOutput<typeof schemas.cancelChange>
): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const unit = await lockUnit(ctx, unitId, 'unit:edit');
		if (from <= dateOf(ctx.now)) throw conflict('unit.change-began');

		if (!(await reopen(ctx, unit.id, from))) {
			await demandOwnMove(ctx, unit.id, from);
			if (!(await joinPeriods(ctx, unit.id, from))) throw notFound('change');
		}
		await demandParentsStay(ctx, unit.id);
		await record(ctx, 'unit.change-cancelled', unit.id, { from });
	});
}

/** Lets a unit that was to end go on, and units and posts that were to go over stay. */
async function reopen(ctx: Context, unitId: string, on: CalendarDate): Promise<boolean> {
	const [ending] = await ctx.db
		.select()
		.from(unitPeriods)
		.where(and(eq(unitPeriods.unitId, unitId), eq(unitPeriods.endsOn, on), sql`${unitPeriods.closing} is not null`));
	if (!ending) return false;

	await ctx.db
		.update(unitPeriods)
		.set({ endsOn: null, closing: null, mergedIntoId: null })
		.where(eq(unitPeriods.id, ending.id));
	if (ending.mergedIntoId) {
		for (const child of await movedFrom(ctx, unitId, on)) {
			await ctx.db
				.update(unitPeriods)
				.set({ parentId: unitId })
				.where(and(eq(unitPeriods.unitId, child), eq(unitPeriods.startsOn, on)));
			await joinPeriods(ctx, child, on, { unlessRenamed: true });
		}
		await announce(ctx, 'unit.merger-cancelled', { unitId, intoId: ending.mergedIntoId, on });
	}
	return true;
}

/** Units that stand below this one until that day and elsewhere from it on. */
async function movedFrom({ db }: Context, unitId: string, on: CalendarDate): Promise<string[]> {
	const { rows } = await db.execute<{ id: string }>(sql`
		select before.unit_id as id from ${unitPeriods} before
		join ${unitPeriods} later on later.unit_id = before.unit_id and later.starts_on = before.ends_on
		where before.parent_id = ${unitId} and before.ends_on = ${on} and later.parent_id is distinct from before.parent_id`);
	return rows.map(({ id }) => id);
}

/** A move that is part of the parent's merger ends with that merger only. */
async function demandOwnMove({ db }: Context, unitId: string, from: CalendarDate): Promise<void> {
	const { rows } = await db.execute(sql`
		select 1 from ${unitPeriods} before
		join ${unitPeriods} merger on merger.unit_id = before.parent_id and merger.ends_on = before.ends_on and merger.closing = 'merged'
		where before.unit_id = ${unitId} and before.ends_on = ${from}`);
	if (rows.length > 0) throw conflict('unit.moves-with-merger');
}

/** Makes one of the period that begins on a day and the one before it. */
async function joinPeriods(
	{ db }: Context,
	unitId: string,
	on: CalendarDate,
	{ unlessRenamed = false } = {}
): Promise<boolean> {
	const [[later], [before]] = [
		await db
			.select()
			.from(unitPeriods)
			.where(and(eq(unitPeriods.unitId, unitId), eq(unitPeriods.startsOn, on))),
		await db
			.select()
			.from(unitPeriods)
			.where(and(eq(unitPeriods.unitId, unitId), eq(unitPeriods.endsOn, on)))
	];
	if (!later || !before) return false;
	if (unlessRenamed && later.name !== before.name) return false;

	await db.delete(unitPeriods).where(eq(unitPeriods.id, later.id));
	await db
		.update(unitPeriods)
		.set({ endsOn: later.endsOn, closing: later.closing, mergedIntoId: later.mergedIntoId })
		.where(eq(unitPeriods.id, before.id));
	return true;
}
