import { and, eq } from 'drizzle-orm';
import type * as v from 'valibot';
import { externalTrainings } from '#db/schema/events.ts';
import type * as schemas from '#lib/schemas/events.ts';
import { record } from '../audit/record.ts';
import { atomically, type SignedIn } from '../platform/context.ts';
import { conflict, notFound } from '../platform/errors.ts';
import { dropFile } from '../platform/files/read-file.ts';

/**
 * Takes back what the actor has reported, while nobody has decided about it: report and proof are deleted, the record says that they
 * were. @throws conflict training.decided, not-found training.not-found
 */
export function withdrawTraining(
	ctx: SignedIn,
	{ trainingId }: v.InferOutput<typeof schemas.withdrawTraining>
): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const own = and(eq(externalTrainings.id, trainingId), eq(externalTrainings.personId, ctx.actor.personId));
		const [training] = await ctx.db.select().from(externalTrainings).where(own).for('update');
		if (!training) throw notFound('training');
		if (training.state !== 'reported') throw conflict('training.decided');
		await ctx.db.delete(externalTrainings).where(own);
		await dropFile(ctx, training.proofId);
		await record(ctx, 'training.withdrawn', trainingId, { hours: training.hours });
	});
}
