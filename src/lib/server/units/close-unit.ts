import { and, count, eq, gt, isNull, or, sql } from 'drizzle-orm';
import type * as v from 'valibot';
import { posts } from '#db/schema/people.ts';
import { unitPeriods } from '#db/schema/units.ts';
import type * as schemas from '#lib/schemas/units.ts';
import { record } from '../audit/record.ts';
import { atomically, type Context } from '../platform/context.ts';
import type { CalendarDate } from '../platform/dates.ts';
import { conflict } from '../platform/errors.ts';
import { endOn } from './periods.ts';
import { lockUnit } from './queries.ts';

/**
 * Closes a unit from a date on. Nobody may hold a post there and no unit may stand below it from that day.
 * @throws conflict unit.is-root | unit.has-people | unit.has-units | unit.not-open
 */
export function closeUnit(ctx: Context, { unitId, from }: v.InferOutput<typeof schemas.closeUnit>): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const unit = await lockUnit(ctx, unitId, 'unit:edit');
		if (unit.parentId === null) throw conflict('unit.is-root');
		await demandEmpty(ctx, unit.id, from);

		await endOn(ctx, unit.id, from, { closing: 'closed' });
		await record(ctx, 'unit.closed', unit.id, { from });
	});
}

/** Refuses while people hold posts in the unit, or units stand below it, on or after a day. */
export async function demandEmpty({ db }: Context, unitId: string, from: CalendarDate): Promise<void> {
	const [people] = await db
		.select({ count: count(sql`distinct ${posts.personId}`) })
		.from(posts)
		.where(and(eq(posts.unitId, unitId), or(isNull(posts.endsOn), gt(posts.endsOn, from))));
	if (people?.count) throw conflict('unit.has-people', { values: { count: people.count } });

	const [below] = await db
		.select({ count: count(sql`distinct ${unitPeriods.unitId}`) })
		.from(unitPeriods)
		.where(and(eq(unitPeriods.parentId, unitId), or(isNull(unitPeriods.endsOn), gt(unitPeriods.endsOn, from))));
	if (below?.count) throw conflict('unit.has-units', { values: { count: below.count } });
}
