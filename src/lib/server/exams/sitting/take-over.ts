import { and, eq, ne } from 'drizzle-orm';
import { examAttempts, examIncidents } from '#db/schema/exams.ts';
import { atomically, type SignedIn } from '../../platform/context.ts';
import { conflict, notFound } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';

/**
 * Lets another page of the same person go on with an open attempt. The page before it may write no more; what it still sends is
 * kept, but does not count.
 * @throws not-found attempt.not-found, conflict attempt.closed
 */
export function takeOver(ctx: SignedIn, { attemptId, writer }: { attemptId: string; writer: string }): Promise<void> {
	return atomically(ctx, async ({ db, actor, now }) => {
		const own = and(eq(examAttempts.id, attemptId), eq(examAttempts.personId, actor.personId));
		const [attempt] = await db.select({ state: examAttempts.state }).from(examAttempts).where(own).for('update');
		if (!attempt) throw notFound('attempt');
		if (attempt.state !== 'open') throw conflict('attempt.closed');
		const [taken] = await db
			.update(examAttempts)
			.set({ writer })
			.where(and(own, ne(examAttempts.writer, writer)))
			.returning({ id: examAttempts.id });
		if (taken) await db.insert(examIncidents).values({ id: newId(), attemptId, kind: 'taken-over', at: now });
	});
}
