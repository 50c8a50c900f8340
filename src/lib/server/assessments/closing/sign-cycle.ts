import { and, eq, sql } from 'drizzle-orm';
import type * as v from 'valibot';
import { assessmentObjections, assessmentResults } from '#db/schema/assessment-results.ts';
import { assessmentCycles } from '#db/schema/assessments.ts';
import type * as schemas from '#lib/schemas/assessments.ts';
import { demandWithin } from '../../access/scope.ts';
import { record } from '../../audit/record.ts';
import { atomically, type SignedIn } from '../../platform/context.ts';
import { dateOf } from '../../platform/dates.ts';
import { enqueue } from '../../platform/enqueue.ts';
import { conflict } from '../../platform/errors.ts';
import { confirmPassword } from '../../sessions/confirm-password.ts';
import { demandGoes } from '../cycle/cycle-state.ts';
import { findCycle, lockCycle } from '../cycle/read-cycle.ts';

/**
 * The leader signs the year off, with their password: from now on no result of it changes. Closing follows by itself.
 * @throws conflict cycle.wrong-state | cycle.objections-last | cycle.objections-open, invalid password.wrong, not-found cycle
 */
export async function signCycle(
	ctx: SignedIn,
	{ cycle: id, password }: v.InferOutput<typeof schemas.signCycle>
): Promise<void> {
	demandWithin(ctx, 'result:sign', (await findCycle(ctx, id))?.unitPath, 'cycle');
	await confirmPassword(ctx, password);
	await signOff(ctx, id);
}

/** The same for whoever has proved already that it is them. */
export function signOff(ctx: SignedIn, id: string): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const cycle = await lockCycle(ctx, id, 'result:sign');
		demandGoes(cycle.state, 'signed');
		if (dateOf(ctx.now) <= cycle.objectionsUntil!)
			throw conflict('cycle.objections-last', { values: { date: cycle.objectionsUntil! } });
		const [open] = await ctx.db
			.select({ count: sql<number>`count(*)::int` })
			.from(assessmentObjections)
			.innerJoin(assessmentResults, eq(assessmentResults.id, assessmentObjections.resultId))
			.where(and(eq(assessmentResults.cycleId, id), eq(assessmentObjections.state, 'open')));
		if (open && open.count > 0) throw conflict('cycle.objections-open', { values: { count: open.count } });

		await ctx.db
			.update(assessmentCycles)
			.set({ state: 'signed', signedAt: ctx.now, signedBy: ctx.actor.personId })
			.where(eq(assessmentCycles.id, id));
		await record(ctx, 'cycle.signed', id, { results: cycle.results });
		await enqueue(ctx, 'assessments.close', { cycleId: id }, { key: `assessments.close ${id}` });
	});
}
