import { and, eq, sql } from 'drizzle-orm';
import { examAttempts } from '#db/schema/exam-sittings.ts';
import { exams } from '#db/schema/exams.ts';
import type { SignedIn } from '../../platform/context.ts';
import { notFound } from '../../platform/errors.ts';
import { isId } from '../../platform/ids.ts';
import { prepared } from '../../platform/prepared.ts';
import { noteAddress } from './demand-address.ts';

const asking = prepared((db) =>
	db
		.select({
			state: examAttempts.state,
			deadlineAt: examAttempts.deadlineAt,
			pausedAt: examAttempts.pausedAt,
			writer: examAttempts.writer,
			addressRanges: exams.addressRanges
		})
		.from(examAttempts)
		.innerJoin(exams, eq(exams.id, examAttempts.examId))
		.where(
			and(eq(examAttempts.id, sql.placeholder('attemptId')), eq(examAttempts.personId, sql.placeholder('personId')))
		)
		.prepare('exam_clock')
);

/**
 * The server's time and how an attempt of the actor stands by it, for a page that asks every now and then: extra time may be
 * granted, another page may have taken over, the paper may have been handed in. Where the exam is sat from certain places, it is
 * noted when the page asks from elsewhere.
 * @throws not-found attempt.not-found
 */
export async function readClock(
	ctx: SignedIn,
	{ attemptId, writer, address }: { attemptId: string; writer: string | null; address: string }
) {
	const { db, actor, now } = ctx;
	const [attempt] = isId(attemptId) ? await asking(db).execute({ attemptId, personId: actor.personId }) : [];
	if (!attempt) throw notFound('attempt');
	const { state, deadlineAt, pausedAt } = attempt;
	await noteAddress(ctx, attempt, { attemptId, address });
	return { now, isOpen: state === 'open', isWriter: attempt.writer === writer, deadlineAt, pausedAt };
}
