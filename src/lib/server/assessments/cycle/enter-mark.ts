import type * as v from 'valibot';
import { assessmentUnitMarks } from '#db/schema/assessments.ts';
import type * as schemas from '#lib/schemas/assessments.ts';
import { record } from '../../audit/record.ts';
import { atomically, type SignedIn } from '../../platform/context.ts';
import { conflict, notFound } from '../../platform/errors.ts';
import { isWithin } from '../../access/scope.ts';
import { newId } from '../../platform/ids.ts';
import { getUnit } from '../../units/queries.ts';
import { lockCycle } from './read-cycle.ts';

/**
 * Enters the mark of a unit for the year of a cycle, until the draft is given to the units; the newest holds, and the next
 * drafting takes it up.
 * @throws conflict cycle.wrong-state, not-found cycle | unit
 */
export function enterMark(
	ctx: SignedIn,
	{ cycle: id, unitId, mark, basis }: v.InferOutput<typeof schemas.enterMark>
): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const cycle = await lockCycle(ctx, id, 'result:confirm');
		if (cycle.state !== 'open' && cycle.state !== 'drafted') throw conflict('cycle.wrong-state');
		const unit = await getUnit(ctx, unitId, 'result:confirm');
		if (!isWithin(unit.path, cycle.unitPath)) throw notFound('unit');
		await ctx.db.insert(assessmentUnitMarks).values({
			id: newId(),
			year: cycle.year,
			unitId,
			mark,
			basis,
			enteredBy: ctx.actor.personId,
			enteredAt: ctx.now
		});
		await record(ctx, 'unit-mark.entered', unitId, { year: cycle.year, mark });
	});
}
