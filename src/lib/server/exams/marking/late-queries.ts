import { and, asc, eq, inArray, ne, sql } from 'drizzle-orm';
import { examAnswers, examAttempts, examLateAnswers } from '#db/schema/exam-sittings.ts';
import { people } from '#db/schema/people.ts';
import { questionVersions } from '#db/schema/questions.ts';
import type { SignedIn } from '../../platform/context.ts';
import type { ReviewedQuestion } from '../../questions/review-question.ts';
import type { AskedQuestion } from '../../questions/stored-question.ts';
import { type LateMarking, lateMarking, marksOf } from './late-marking.ts';
import { reviewSlot } from './review-slot.ts';
import { getDecidedExam } from './written-answers.ts';

/** An answer that waits for an examiner's word, beside the one that counts now; not whose it is. */
export interface ListedLate {
	id: string;
	slot: number;
	reason: 'late' | 'superseded';
	receivedAt: Date;
	submittedAt: Date;
	points: number;
	/** The question with the late answer in it, and with the one that counts. */
	question: ReviewedQuestion;
	counting: ReviewedQuestion;
	/** How a written one gets its points when it is admitted; others are scored at once. */
	marking: LateMarking;
	admitted: boolean | null;
	decidedBy: string | null;
}

/**
 * Late answers of papers of an exam that were handed in, undecided ones first. What is about the own paper is for somebody else.
 * @throws not-found exam.not-found
 */
export async function listLate(ctx: SignedIn, examId: string): Promise<ListedLate[]> {
	const exam = await getDecidedExam(ctx, examId);
	const rows = await ctx.db
		.select({
			late: examLateAnswers,
			attempt: examAttempts,
			answer: examAnswers,
			content: questionVersions.content,
			decidedBy: people.name,
			marks: marksOf
		})
		.from(examLateAnswers)
		.innerJoin(examAttempts, eq(examAttempts.id, examLateAnswers.attemptId))
		.innerJoin(
			examAnswers,
			and(eq(examAnswers.attemptId, examLateAnswers.attemptId), eq(examAnswers.slot, examLateAnswers.slot))
		)
		.innerJoin(questionVersions, eq(questionVersions.id, examAnswers.questionVersionId))
		.leftJoin(people, eq(people.id, examLateAnswers.decidedBy))
		.where(
			and(
				eq(examAttempts.examId, exam.id),
				ne(examAttempts.personId, ctx.actor.personId),
				inArray(examAttempts.state, ['submitted', 'marked', 'released'])
			)
		)
		.orderBy(sql`${examLateAnswers.decidedAt} is not null`, asc(examLateAnswers.receivedAt), asc(examLateAnswers.id))
		.limit(200);
	return rows.map(({ late, attempt, answer, content, decidedBy, marks }) => {
		return {
			id: late.id,
			slot: late.slot,
			reason: late.reason,
			receivedAt: late.receivedAt,
			submittedAt: attempt.submittedAt!,
			points: answer.points,
			question: reviewSlot({ ...answer, response: late.response }, content as AskedQuestion),
			counting: reviewSlot(answer, content as AskedQuestion),
			marking: lateMarking({ answer, attempt, marks }),
			admitted: late.admitted,
			decidedBy
		};
	});
}
