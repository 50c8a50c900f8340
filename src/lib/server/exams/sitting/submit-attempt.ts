import { and, eq, isNotNull } from 'drizzle-orm';
import { examAnswers, examAttempts, examIncidents } from '#db/schema/exam-sittings.ts';
import { record } from '../../audit/record.ts';
import { atomically, type SignedIn } from '../../platform/context.ts';
import { conflict, notFound } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { holdExamsOf } from '../queries.ts';
import { markAttempts } from '../marking/mark-attempts.ts';

/**
 * Hands in the actor's own paper, once. Handed in again, or after it was handed in by itself, nothing changes.
 * @returns when it was handed in
 * @throws not-found attempt.not-found, conflict attempt.not-open for one that was never started or was voided
 */
export function submitAttempt(ctx: SignedIn, attemptId: string): Promise<Date> {
	return atomically(ctx, async (ctx) => {
		const { db, actor, now } = ctx;
		const own = and(eq(examAttempts.id, attemptId), eq(examAttempts.personId, actor.personId))!;
		await holdExamsOf(ctx, own);
		const [attempt] = await db.select().from(examAttempts).where(own).for('update');
		if (!attempt) throw notFound('attempt');
		if (attempt.submittedAt && attempt.state !== 'voided') return attempt.submittedAt;
		if (attempt.state !== 'open') throw conflict('attempt.not-open');

		await db
			.update(examAttempts)
			.set({ state: 'submitted', submittedAt: now, submittedBy: 'person' })
			.where(eq(examAttempts.id, attemptId));
		await record(ctx, 'attempt.submitted', attemptId, { by: 'person' });
		await noteSpeed(ctx, attempt);
		await markAttempts(ctx, [attemptId]);
		return now;
	});
}

/** Nobody reads and answers a question in so many seconds on average. */
const leastSeconds = 4;
const fewestAnswers = 10;

/** Notes a paper that was answered faster than it can be read, for a human to look at. Nothing follows from it by itself. */
async function noteSpeed({ db, now }: SignedIn, { id, startedAt }: typeof examAttempts.$inferSelect): Promise<void> {
	const answered = await db.$count(examAnswers, and(eq(examAnswers.attemptId, id), isNotNull(examAnswers.response)));
	const seconds = Math.round((now.getTime() - startedAt!.getTime()) / 1000);
	if (answered < fewestAnswers || seconds >= answered * leastSeconds) return;
	const detail = { seconds, answered };
	await db.insert(examIncidents).values({ id: newId(), attemptId: id, kind: 'unusually-fast', at: now, detail });
}
