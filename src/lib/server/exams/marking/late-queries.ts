import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import { examAnswers, examAttempts, examLateAnswers } from '#db/schema/exams.ts';
import { people } from '#db/schema/people.ts';
import { questionVersions } from '#db/schema/questions.ts';
import type { SignedIn } from '../../platform/context.ts';
import type { ReviewedQuestion } from '../../questions/review-question.ts';
import type { AskedQuestion } from '../../questions/stored-question.ts';
import { isWritten } from '../score-slot.ts';
import { reviewSlot } from './review-slot.ts';
import { getMarkableExam } from './written-answers.ts';

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
	/** A person has to give the points when it is admitted. */
	needsPoints: boolean;
	admitted: boolean | null;
	decidedBy: string | null;
	own: boolean;
}

/** Late answers of papers of an exam that were handed in, undecided ones first. @throws not-found exam.not-found */
export async function listLate(ctx: SignedIn, examId: string): Promise<ListedLate[]> {
	const { exam } = await getMarkableExam(ctx, examId);
	const rows = await ctx.db
		.select({
			late: examLateAnswers,
			attempt: examAttempts,
			answer: examAnswers,
			content: questionVersions.content,
			decidedBy: people.name
		})
		.from(examLateAnswers)
		.innerJoin(examAttempts, eq(examAttempts.id, examLateAnswers.attemptId))
		.innerJoin(
			examAnswers,
			and(eq(examAnswers.attemptId, examLateAnswers.attemptId), eq(examAnswers.slot, examLateAnswers.slot))
		)
		.innerJoin(questionVersions, eq(questionVersions.id, examAnswers.questionVersionId))
		.leftJoin(people, eq(people.id, examLateAnswers.decidedBy))
		.where(and(eq(examAttempts.examId, exam.id), inArray(examAttempts.state, ['submitted', 'marked', 'released'])))
		.orderBy(sql`${examLateAnswers.decidedAt} is not null`, asc(examLateAnswers.receivedAt), asc(examLateAnswers.id))
		.limit(200);
	return rows.map(({ late, attempt, answer, content, decidedBy }) => {
		return {
			id: late.id,
			slot: late.slot,
			reason: late.reason,
			receivedAt: late.receivedAt,
			submittedAt: attempt.submittedAt!,
			points: answer.points,
			question: reviewSlot({ ...answer, response: late.response }, content as AskedQuestion),
			counting: reviewSlot(answer, content as AskedQuestion),
			needsPoints: isWritten(answer.kind) && attempt.state !== 'submitted',
			admitted: late.admitted,
			decidedBy,
			own: attempt.personId === ctx.actor.personId
		};
	});
}
