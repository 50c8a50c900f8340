import { and, eq, gt, isNull, lte, or } from 'drizzle-orm';
import type * as v from 'valibot';
import { unitPeriods } from '#db/schema/units.ts';
import type * as schemas from '#lib/schemas/units.ts';
import { isWithin } from '../access/scope.ts';
import { record } from '../audit/record.ts';
import { announce } from '../platform/announce.ts';
import { atomically, type Context } from '../platform/context.ts';
import type { CalendarDate } from '../platform/dates.ts';
import { conflict } from '../platform/errors.ts';
import { demandEmpty } from './close-unit.ts';
import { findEnding } from './endings.ts';
import { changeFrom, endOn } from './periods.ts';
import { lockUnit } from './queries.ts';

/**
 * Merges a unit into another from a date on: the units below it and the posts in it go over that day, results stay where
 * they were earned, and the unit ends.
 * @throws conflict unit.is-root | unit.below-itself | unit.parent-closed | unit.closes | unit.not-open
 */
export function mergeUnit(
	ctx: Context,
	{ unitId, intoId, from }: v.InferOutput<typeof schemas.mergeUnit>
): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const unit = await lockUnit(ctx, unitId, 'unit:edit');
		const into = await lockUnit(ctx, intoId, 'unit:edit');
		if (unit.parentId === null) throw conflict('unit.is-root');
		if (isWithin(into.path, unit.path)) throw conflict('unit.below-itself', { field: 'intoId' });
		if (into.closedOn) throw conflict('unit.parent-closed', { field: 'intoId' });

		const ending = await findEnding(ctx, into.id);
		if (ending) throw conflict('unit.closes', { field: 'intoId', values: { on: ending.on } });

		for (const id of await unitsBelow(ctx, unit.id, from)) await changeFrom(ctx, id, from, { parentId: into.id });
		await announce(ctx, 'unit.merged', { unitId: unit.id, intoId: into.id, on: from });
		await demandEmpty(ctx, unit.id, from);

		await endOn(ctx, unit.id, from, { closing: 'merged', mergedIntoId: into.id });
		await record(ctx, 'unit.merged', unit.id, { intoId: into.id, from });
	});
}

/** Units that stand directly below another on a day. */
async function unitsBelow({ db }: Context, unitId: string, on: CalendarDate): Promise<string[]> {
	const rows = await db
		.select({ id: unitPeriods.unitId })
		.from(unitPeriods)
		.where(
			and(
				eq(unitPeriods.parentId, unitId),
				lte(unitPeriods.startsOn, on),
				or(isNull(unitPeriods.endsOn), gt(unitPeriods.endsOn, on))
			)
		);
	return rows.map(({ id }) => id);
}
