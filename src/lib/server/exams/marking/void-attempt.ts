import { eq } from 'drizzle-orm';
import { examAttempts } from '#db/schema/exam-sittings.ts';
import { record } from '../../audit/record.ts';
import { atomically, type SignedIn } from '../../platform/context.ts';
import { conflict } from '../../platform/errors.ts';
import { settleCandidates } from '../settle-candidates.ts';
import { markStale } from '../statistics/mark-stale.ts';
import { lockAttempt } from './lock-attempt.ts';

/**
 * Voids an attempt, with a reason: it counts as if it had never been sat, and stays readable. The candidate is settled anew.
 * @throws conflict attempt.voided, not-found attempt.not-found, forbidden access.own-case
 */
export function voidAttempt(
	ctx: SignedIn,
	{ attemptId, because }: { attemptId: string; because: string }
): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const { attempt } = await lockAttempt(ctx, attemptId, 'exam:edit');
		if (attempt.state === 'voided') throw conflict('attempt.voided');
		await ctx.db
			.update(examAttempts)
			.set({ state: 'voided', voidedAt: ctx.now, voidedBy: ctx.actor.personId, voidedBecause: because })
			.where(eq(examAttempts.id, attemptId));
		await record(ctx, 'attempt.voided', attemptId, { examId: attempt.examId });
		await settleCandidates(ctx, attempt.examId, [attempt.personId]);
		await markStale(ctx, { examId: attempt.examId });
	});
}
