import { and, eq, sql } from 'drizzle-orm';
import { examAttempts } from '#db/schema/exams.ts';
import type { SignedIn } from '../../platform/context.ts';
import { notFound } from '../../platform/errors.ts';
import { isId } from '../../platform/ids.ts';
import { prepared } from '../../platform/prepared.ts';

const asking = prepared((db) =>
	db
		.select({
			state: examAttempts.state,
			deadlineAt: examAttempts.deadlineAt,
			pausedAt: examAttempts.pausedAt,
			writer: examAttempts.writer
		})
		.from(examAttempts)
		.where(
			and(eq(examAttempts.id, sql.placeholder('attemptId')), eq(examAttempts.personId, sql.placeholder('personId')))
		)
		.prepare('exam_clock')
);

/**
 * The server's time and how an attempt of the actor stands by it, for a page that asks every now and then: extra time may be
 * granted, another page may have taken over, the paper may have been handed in.
 * @throws not-found attempt.not-found
 */
export async function readClock({ db, actor, now }: SignedIn, attemptId: string, writer: string | null) {
	const [attempt] = isId(attemptId) ? await asking(db).execute({ attemptId, personId: actor.personId }) : [];
	if (!attempt) throw notFound('attempt');
	const { state, deadlineAt, pausedAt } = attempt;
	return { now, isOpen: state === 'open', isWriter: attempt.writer === writer, deadlineAt, pausedAt };
}
