import type { Context } from '../../platform/context.ts';
import { settleCandidates } from '../settle-candidates.ts';
import { markStale } from '../statistics/mark-stale.ts';
import { addUp, keepScores } from './keep-scores.ts';
import type { Attempt } from './lock-attempt.ts';
import { finishMarking } from './mark-attempts.ts';

/** Gives one answer of an attempt other points, with everything that follows from them. In the caller's transaction. */
export async function changePoints(ctx: Context, attempt: Attempt, slot: number, score: number): Promise<void> {
	await keepScores(ctx, [{ attemptId: attempt.id, slot, score }]);
	await followPoints(ctx, attempt);
}

/** Everything that follows from points of an attempt that were written down: its sum, its candidate's outcome, the figures. */
export async function followPoints(ctx: Context, attempt: Attempt): Promise<void> {
	if (attempt.state === 'submitted') return finishMarking(ctx, [attempt]);
	await addUp(ctx, [attempt.id]);
	await settleCandidates(ctx, attempt.examId, [attempt.personId]);
	await markStale(ctx, { examId: attempt.examId });
}
