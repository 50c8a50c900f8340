import { eq, sql } from 'drizzle-orm';
import { hourTargets } from '#db/schema/hours.ts';
import { people } from '#db/schema/people.ts';
import { demandEverywhere } from '../access/scope.ts';
import type { Context } from '../platform/context.ts';
import { isId } from '../platform/ids.ts';
import { notFound } from '../platform/errors.ts';

export type HourTarget = typeof hourTargets.$inferSelect;

/** Every target that holds in a year, those over several years first. */
export const listTargets = ({ db }: Context, year: number): Promise<HourTarget[]> =>
	db
		.select()
		.from(hourTargets)
		.where(sql`${hourTargets.validFrom} <= ${year} and coalesce(${hourTargets.validUntil}, ${year}) >= ${year}`)
		.orderBy(order);

/** The longest first, then those for all categories: the order in which a standing shows them. */
const order = sql`${hourTargets.years} desc, ${hourTargets.category} nulls first, ${hourTargets.hours} desc, ${hourTargets.id}`;

/** Every target there is and was, each with whoever decided it; those that hold or will hold first. */
export function listAllTargets(ctx: Context) {
	demandEverywhere(ctx, 'settings:edit');
	return ctx.db
		.select({ target: hourTargets, by: people.name })
		.from(hourTargets)
		.leftJoin(people, eq(people.id, hourTargets.createdBy))
		.orderBy(sql`${hourTargets.validUntil} desc nulls first`, order);
}

/** @throws not-found hour-target.not-found */
export async function getTarget({ db }: Context, id: string): Promise<HourTarget> {
	const [target] = isId(id) ? await db.select().from(hourTargets).where(eq(hourTargets.id, id)) : [];
	if (!target) throw notFound('hour-target');
	return target;
}
