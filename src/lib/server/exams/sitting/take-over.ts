import { and, eq, ne } from 'drizzle-orm';
import { examAttempts, examIncidents } from '#db/schema/exam-sittings.ts';
import { exams } from '#db/schema/exams.ts';
import { atomically, type SignedIn } from '../../platform/context.ts';
import { conflict, notFound } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { demandAddress } from './demand-address.ts';

/**
 * Lets another page of the same person go on with an open attempt. The page before it may write no more; what it still sends is
 * kept, but does not count. An exam that is sat from certain places is gone on with from there.
 * @param address where the request came from; left out where it came from no network
 * @throws not-found attempt.not-found, conflict attempt.closed, forbidden exam.address
 */
export function takeOver(
	ctx: SignedIn,
	{ attemptId, writer, address }: { attemptId: string; writer: string; address?: string }
): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const { db, actor, now } = ctx;
		const own = and(eq(examAttempts.id, attemptId), eq(examAttempts.personId, actor.personId));
		const [attempt] = await db
			.select({ state: examAttempts.state, addressRanges: exams.addressRanges })
			.from(examAttempts)
			.innerJoin(exams, eq(exams.id, examAttempts.examId))
			.where(own)
			.for('update', { of: examAttempts });
		if (!attempt) throw notFound('attempt');
		if (attempt.state !== 'open') throw conflict('attempt.closed');
		if (address !== undefined) await demandAddress(ctx, attempt, address);
		const [taken] = await db
			.update(examAttempts)
			.set({ writer })
			.where(and(own, ne(examAttempts.writer, writer)))
			.returning({ id: examAttempts.id });
		if (taken) await db.insert(examIncidents).values({ id: newId(), attemptId, kind: 'taken-over', at: now });
	});
}
