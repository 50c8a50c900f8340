import { eq, sql } from 'drizzle-orm';
import { externalTrainings } from '#db/schema/events.ts';
import { confirmTraining, refuseTraining, revokeTraining } from '../../events/external-training.ts';
import type { SignedIn } from '../../platform/context.ts';
import { notFound } from '../../platform/errors.ts';
import { oneByOne, type HandlerOf } from '../handler.ts';
import { refusalsBy } from '../refusals.ts';

const decided = (ctx: SignedIn, ids: readonly string[]) =>
	refusalsBy(ctx, ids, sql`left join external_trainings x on x.id = t.id`, [
		[sql`x.state <> 'reported'`, 'training.decided']
	]);

/** Confirms training elsewhere with the hours as they were reported; taken back, the hours are reversed. */
export const confirmTrainings: HandlerOf<'confirm-training'> = {
	ability: 'hours:confirm',
	size: 50,
	refusals: decided,
	act: (ctx, rows) =>
		oneByOne(ctx, rows, async (ctx, { targetId: trainingId }) => {
			const [said] = await ctx.db
				.select({ hours: externalTrainings.hours, hourCategory: externalTrainings.hourCategory })
				.from(externalTrainings)
				.where(eq(externalTrainings.id, trainingId));
			if (!said) throw notFound('training');
			await confirmTraining(ctx, { trainingId, ...said });
		}),
	undo: (ctx, rows, _, { undoneBecause }) =>
		oneByOne(ctx, rows, (ctx, { targetId }) =>
			revokeTraining(ctx, { trainingId: targetId, because: undoneBecause ?? '' })
		)
};

/** Refuses what was reported, with a reason that people read. */
export const refuseTrainings: HandlerOf<'refuse-training'> = {
	ability: 'hours:confirm',
	size: 50,
	refusals: decided,
	act: (ctx, rows, { reason }) =>
		oneByOne(ctx, rows, (ctx, { targetId }) => refuseTraining(ctx, { trainingId: targetId, because: reason }))
};
