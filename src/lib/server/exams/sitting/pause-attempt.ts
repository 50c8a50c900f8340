import { and, eq, sql } from 'drizzle-orm';
import { examCandidates } from '#db/schema/exam-candidates.ts';
import { examAttempts, examIncidents } from '#db/schema/exam-sittings.ts';
import { record } from '../../audit/record.ts';
import { atomically, type Context, type SignedIn } from '../../platform/context.ts';
import { conflict, notFound } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';

/**
 * Stops the clock of the actor's own attempt, for somebody who was granted pauses: the questions are out of sight until it
 * goes on. A pause ends by itself when the minutes granted are used up.
 * @throws not-found attempt.not-found; conflict attempt.closed | attempt.superseded | attempt.no-pause
 */
export function pauseAttempt(
	ctx: SignedIn,
	{ attemptId, writer }: { attemptId: string; writer: string }
): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const { attempt, candidate } = await lockOwn(ctx, attemptId);
		if (attempt.state !== 'open' || ctx.now >= attempt.deadlineAt!) throw conflict('attempt.closed');
		if (attempt.writer !== writer) throw conflict('attempt.superseded');
		if (attempt.pausedAt) return;
		if (attempt.pausedSeconds >= candidate.pauseMinutes * 60) throw conflict('attempt.no-pause');
		await ctx.db.update(examAttempts).set({ pausedAt: ctx.now }).where(eq(examAttempts.id, attemptId));
		await record(ctx, 'attempt.paused', attemptId);
	});
}

/** Lets the clock run on; the deadline moves by the length of the pause. Twice is once. @throws not-found attempt.not-found */
export function resumeAttempt(ctx: SignedIn, attemptId: string): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const { attempt, candidate } = await lockOwn(ctx, attemptId);
		if (attempt.state !== 'open' || !attempt.pausedAt) return;
		const elapsed = Math.round((ctx.now.getTime() - attempt.pausedAt.getTime()) / 1000);
		const seconds = Math.max(0, Math.min(elapsed, candidate.pauseMinutes * 60 - attempt.pausedSeconds));
		await ctx.db
			.update(examAttempts)
			.set({
				pausedAt: null,
				pausedSeconds: attempt.pausedSeconds + seconds,
				deadlineAt: new Date(attempt.deadlineAt!.getTime() + seconds * 1000)
			})
			.where(eq(examAttempts.id, attemptId));
		await ctx.db
			.insert(examIncidents)
			.values({ id: newId(), attemptId, kind: 'resumed', at: ctx.now, detail: { seconds } });
		await record(ctx, 'attempt.resumed', attemptId, { seconds });
	});
}

async function lockOwn({ db, actor }: SignedIn, attemptId: string) {
	const [found] = await db
		.select({ attempt: examAttempts, candidate: examCandidates })
		.from(examAttempts)
		.innerJoin(
			examCandidates,
			and(eq(examCandidates.examId, examAttempts.examId), eq(examCandidates.personId, examAttempts.personId))
		)
		.where(and(eq(examAttempts.id, attemptId), eq(examAttempts.personId, actor.personId)))
		.for('update', { of: examAttempts });
	if (!found) throw notFound('attempt');
	return found;
}

/** Ends the pauses whose minutes are used up, as of then: nobody's paper stays open for ever. Called before attempts are handed in. */
export async function endPauses({ db, now }: Context): Promise<void> {
	await db.execute(sql`
		update ${examAttempts} t
		set paused_at = null, paused_seconds = greatest(t.paused_seconds, c.pause_minutes * 60),
			deadline_at = t.deadline_at + make_interval(secs => greatest(0, c.pause_minutes * 60 - t.paused_seconds))
		from ${examCandidates} c
		where c.exam_id = t.exam_id and c.person_id = t.person_id and t.state = 'open' and t.paused_at is not null
			and t.paused_at + make_interval(secs => greatest(0, c.pause_minutes * 60 - t.paused_seconds)) <= ${now}`);
}
