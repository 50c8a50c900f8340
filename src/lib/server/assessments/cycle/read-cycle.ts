import { eq, sql } from 'drizzle-orm';
import { assessmentCycles } from '#db/schema/assessments.ts';
import { units } from '#db/schema/units.ts';
import type { Ability } from '../../access/abilities.ts';
import { can, demandWithin, isWithin, rootsOf } from '../../access/scope.ts';
import type { Context } from '../../platform/context.ts';
import { notFound } from '../../platform/errors.ts';
import { isId } from '../../platform/ids.ts';

export type Cycle = typeof assessmentCycles.$inferSelect & { unit: string; unitPath: string };

/** A cycle for whoever sees any part of it: the whole, a unit within, or one above. @throws not-found cycle.not-found */
export async function getCycle(ctx: Context, id: string): Promise<Cycle> {
	const cycle = await findCycle(ctx, id);
	if (!cycle || !seesSome(ctx, cycle)) throw notFound('cycle');
	return cycle;
}

/** Whether somebody may look at results of a part of the cycle. */
const seesSome = ({ actor }: Context, { unitPath }: Cycle): boolean =>
	rootsOf(actor, 'result:view').some((root) => isWithin(unitPath, root) || isWithin(root, unitPath));

/** Whether somebody may do this to the cycle as a whole. */
export const mayWhole = ({ actor }: Context, ability: Ability, { unitPath }: Cycle): boolean =>
	can(actor, ability, unitPath);

/** A cycle for whoever may do this to the whole of it. @throws not-found cycle.not-found */
export async function getWholeCycle(ctx: Context, id: string, ability: Ability): Promise<Cycle> {
	const cycle = await findCycle(ctx, id);
	demandWithin(ctx, ability, cycle?.unitPath, 'cycle');
	if (!cycle) throw notFound('cycle');
	return cycle;
}

/** The same with its row taken, for a step of the whole. @throws not-found cycle.not-found */
export async function lockCycle(ctx: Context, id: string, ability: Ability): Promise<Cycle> {
	if (isId(id)) await ctx.db.execute(sql`select 1 from ${assessmentCycles} where id = ${id} for update`);
	return getWholeCycle(ctx, id, ability);
}

/** A cycle, whoever asks. */
export async function findCycle({ db }: Context, id: string): Promise<Cycle | undefined> {
	if (!isId(id)) return undefined;
	const [found] = await db
		.select({ cycle: assessmentCycles, unit: units.name, unitPath: units.path })
		.from(assessmentCycles)
		.innerJoin(units, eq(units.id, assessmentCycles.unitId))
		.where(eq(assessmentCycles.id, id));
	return found && { ...found.cycle, unit: found.unit, unitPath: found.unitPath };
}
