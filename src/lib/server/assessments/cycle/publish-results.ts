import { eq, sql } from 'drizzle-orm';
import type * as v from 'valibot';
import { assessmentCycles } from '#db/schema/assessments.ts';
import type * as schemas from '#lib/schemas/assessments.ts';
import { record } from '../../audit/record.ts';
import { notify } from '../../notifications/notify.ts';
import { atomically, type Context, type SignedIn } from '../../platform/context.ts';
import { addDays, dateOf } from '../../platform/dates.ts';
import { enqueue } from '../../platform/enqueue.ts';
import { demandGoes } from './cycle-state.ts';
import { findCycle, lockCycle } from './read-cycle.ts';

/** Publishes the results: from now on everybody sees their own and may object for so many days. @throws conflict cycle.wrong-state */
export function publishResults(ctx: SignedIn, { cycle: id }: v.InferOutput<typeof schemas.oneCycle>): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const cycle = await lockCycle(ctx, id, 'result:confirm');
		demandGoes(cycle.state, 'published');
		const objectionsUntil = addDays(dateOf(ctx.now), cycle.objectionDays);
		await ctx.db
			.update(assessmentCycles)
			.set({ state: 'published', publishedAt: ctx.now, publishedBy: ctx.actor.personId, objectionsUntil })
			.where(eq(assessmentCycles.id, id));
		await record(ctx, 'cycle.published', id, { results: cycle.results, objectionsUntil });
		await enqueue(ctx, 'assessments.tell', { cycleId: id }, { key: `assessments.tell ${id}` });
	});
}

const batch = 10_000;

/** Tells everybody that their result can be seen; whoever has been told is passed over. */
export async function tellPublished(ctx: Context, cycleId: string): Promise<void> {
	const cycle = await findCycle(ctx, cycleId);
	if (!cycle?.objectionsUntil) return;
	for (let from = 0; from < cycle.results; from += batch) {
		const { rows } = await ctx.db.execute<{ personId: string }>(sql`
			select person_id as "personId" from assessment_results where cycle_id = ${cycleId} and place > ${from}::int and place <= ${from + batch}::int`);
		await notify(
			ctx,
			rows.map(({ personId }) => personId),
			{
				kind: 'result_published',
				occasion: cycleId,
				href: `/record/results/${cycle.year}`,
				values: { year: cycle.year, date: cycle.objectionsUntil }
			}
		);
	}
}
