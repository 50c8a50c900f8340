import { and, eq } from 'drizzle-orm';
import { examAttempts } from '#db/schema/exams.ts';
import { record } from '../../audit/record.ts';
import { atomically, type SignedIn } from '../../platform/context.ts';
import { conflict, notFound } from '../../platform/errors.ts';
import { markAttempts } from '../marking/mark-attempts.ts';

/**
 * Hands in the actor's own paper, once. Handed in again, or after it was handed in by itself, nothing changes.
 * @returns when it was handed in
 * @throws not-found attempt.not-found, conflict attempt.not-open for one that was never started or was voided
 */
export function submitAttempt(ctx: SignedIn, attemptId: string): Promise<Date> {
	return atomically(ctx, async (ctx) => {
		const { db, actor, now } = ctx;
		const own = and(eq(examAttempts.id, attemptId), eq(examAttempts.personId, actor.personId));
		const [attempt] = await db.select().from(examAttempts).where(own).for('update');
		if (!attempt) throw notFound('attempt');
		if (attempt.submittedAt && attempt.state !== 'voided') return attempt.submittedAt;
		if (attempt.state !== 'open') throw conflict('attempt.not-open');

		await db
			.update(examAttempts)
			.set({ state: 'submitted', submittedAt: now, submittedBy: 'person' })
			.where(eq(examAttempts.id, attemptId));
		await record(ctx, 'attempt.submitted', attemptId, { by: 'person' });
		await markAttempts(ctx, [attemptId]);
		return now;
	});
}
