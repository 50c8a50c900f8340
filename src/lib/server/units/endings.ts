import { and, eq, isNotNull, sql } from 'drizzle-orm';
import { unitPeriods } from '#db/schema/units.ts';
import type { Context } from '../platform/context.ts';
import type { CalendarDate } from '../platform/dates.ts';
import { conflict } from '../platform/errors.ts';

/** The end of a unit that has been decided, whether it has come or lies ahead. */
export type Ending = { on: CalendarDate; mergedIntoId: string | null };

export async function findEnding({ db }: Context, unitId: string): Promise<Ending | undefined> {
	const [period] = await db
		.select({ on: unitPeriods.endsOn, mergedIntoId: unitPeriods.mergedIntoId })
		.from(unitPeriods)
		.where(and(eq(unitPeriods.unitId, unitId), isNotNull(unitPeriods.closing)));
	return period?.on ? { on: period.on, mergedIntoId: period.mergedIntoId } : undefined;
}

/**
 * Lets a post begin in a unit on a day only if the unit will not close under it. One that goes over into another may be entered
 * until then: the post goes along.
 * @returns the merger that the post has to follow
 * @throws conflict unit.closes
 */
export async function demandRoomFor(ctx: Context, unitId: string, startsOn: CalendarDate): Promise<Ending | undefined> {
	const ending = await findEnding(ctx, unitId);
	if (ending && (ending.mergedIntoId === null || startsOn >= ending.on))
		throw conflict('unit.closes', { field: 'unitId', values: { on: ending.on } });
	return ending;
}

/** Refuses a place below a unit whose end has been decided for a day within that time. @throws conflict unit.parent-closes */
export async function demandParentsStay({ db }: Context, unitId: string, field?: string): Promise<void> {
	const { rows } = await db.execute<{ on: string }>(sql`
		select ending.ends_on::text as on
		from ${unitPeriods} place
		join ${unitPeriods} ending on ending.unit_id = place.parent_id and ending.closing is not null
		where place.unit_id = ${unitId} and (place.ends_on is null or place.ends_on > ending.ends_on)
		limit 1`);
	if (rows[0]) throw conflict('unit.parent-closes', { field, values: { on: rows[0].on } });
}
