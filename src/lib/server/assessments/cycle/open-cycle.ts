import type * as v from 'valibot';
import { assessmentCycles } from '#db/schema/assessments.ts';
import type * as schemas from '#lib/schemas/assessments.ts';
import { record } from '../../audit/record.ts';
import { atomically, type SignedIn } from '../../platform/context.ts';
import { dateOf } from '../../platform/dates.ts';
import { conflict, invalid, violatedConstraint } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { getUnit } from '../../units/queries.ts';

/**
 * Opens the annual assessment of a unit and everything below it. Cycles of one year never overlap.
 * @returns its id
 * @throws conflict cycle.overlaps, invalid cycle.year-ahead, not-found unit
 */
export async function openCycle(
	ctx: SignedIn,
	{ year, unitId, ...terms }: v.InferOutput<typeof schemas.openCycle>
): Promise<string> {
	try {
		return await atomically(ctx, async (ctx) => {
			const unit = await getUnit(ctx, unitId, 'result:confirm');
			const [today, yearsEnd] = [dateOf(ctx.now), `${year}-12-31`];
			if (today < `${year}-01-01`) throw invalid('cycle.year-ahead', { field: 'year' });
			const id = newId();
			await ctx.db.insert(assessmentCycles).values({
				id,
				year,
				unitId,
				path: unit.path,
				until: today < yearsEnd ? today : yearsEnd,
				...terms,
				openedBy: ctx.actor.personId,
				openedAt: ctx.now
			});
			await record(ctx, 'assessment.opened', id, { year, unitId, ...terms });
			return id;
		});
	} catch (error) {
		if (['assessment_cycles_apart', 'assessment_cycles_unit'].includes(violatedConstraint(error) ?? ''))
			throw conflict('cycle.overlaps', { field: 'unitId' });
		throw error;
	}
}
