import { and, asc, desc, eq, ne, or, isNotNull, sql } from 'drizzle-orm';
import { examAppeals } from '#db/schema/exam-marking.ts';
import { examAnswers, examAttempts } from '#db/schema/exam-sittings.ts';
import { people } from '#db/schema/people.ts';
import { questionVersions } from '#db/schema/questions.ts';
import type { SignedIn } from '../../platform/context.ts';
import type { ReviewedQuestion } from '../../questions/review-question.ts';
import type { AskedQuestion } from '../../questions/stored-question.ts';
import { reviewSlot } from './review-slot.ts';
import { getDecidedExam } from './written-answers.ts';

/** An appeal for whoever answers it: the question, the answer and the points; not whose it is. */
export interface ListedAppeal {
	id: string;
	slot: number;
	reason: string;
	askedAt: Date;
	upheld: boolean | null;
	answer: string | null;
	answeredBy: string | null;
	answeredAt: Date | null;
	scoreBefore: number;
	scoreAfter: number | null;
	points: number;
	question: ReviewedQuestion;
}

/**
 * The appeals of an exam that the actor answers, and those that were: those without an answer first, the oldest of them first.
 * What is about the own paper is for somebody else. @throws not-found exam.not-found
 */
export async function listAppeals(ctx: SignedIn, examId: string): Promise<ListedAppeal[]> {
	const exam = await getDecidedExam(ctx, examId);
	const rows = await ctx.db
		.select({
			appeal: examAppeals,
			answeredBy: people.name,
			answer: examAnswers,
			content: questionVersions.content
		})
		.from(examAppeals)
		.innerJoin(examAttempts, eq(examAttempts.id, examAppeals.attemptId))
		.innerJoin(
			examAnswers,
			and(eq(examAnswers.attemptId, examAppeals.attemptId), eq(examAnswers.slot, examAppeals.slot))
		)
		.innerJoin(questionVersions, eq(questionVersions.id, examAnswers.questionVersionId))
		.leftJoin(people, eq(people.id, examAppeals.answeredBy))
		.where(
			and(
				eq(examAttempts.examId, exam.id),
				ne(examAttempts.personId, ctx.actor.personId),
				or(ne(examAttempts.state, 'voided'), isNotNull(examAppeals.answeredAt))
			)
		)
		.orderBy(sql`${examAppeals.answeredAt} is not null`, asc(examAppeals.askedAt), asc(examAppeals.id))
		.limit(200);
	return rows.map(({ appeal, answeredBy, answer, content }) => ({
		...own(appeal),
		answeredBy,
		points: answer.points,
		question: reviewSlot(answer, content as AskedQuestion)
	}));
}

const own = ({
	id,
	slot,
	reason,
	askedAt,
	upheld,
	answer,
	answeredAt,
	scoreBefore,
	scoreAfter
}: typeof examAppeals.$inferSelect) => ({
	id,
	slot,
	reason,
	askedAt,
	upheld,
	answer,
	answeredAt,
	scoreBefore,
	scoreAfter
});

/** An appeal as its owner sees it on the released paper. */
export type OwnAppeal = ReturnType<typeof own>;

/** The appeals about an attempt of the actor's, by slot, the newest first. */
export async function listOwnAppeals({ db, actor }: SignedIn, attemptId: string): Promise<Record<number, OwnAppeal[]>> {
	const rows = await db
		.select({ appeal: examAppeals })
		.from(examAppeals)
		.innerJoin(examAttempts, eq(examAttempts.id, examAppeals.attemptId))
		.where(and(eq(examAppeals.attemptId, attemptId), eq(examAttempts.personId, actor.personId)))
		.orderBy(desc(examAppeals.askedAt));
	return Object.fromEntries(
		Map.groupBy(
			rows.map(({ appeal }) => own(appeal)),
			({ slot }) => slot
		)
	);
}

/** How many appeals of an exam wait for an answer of the actor's, and late answers for a decision. */
export async function countOpen({ db, actor }: SignedIn, examId: string): Promise<{ appeals: number; late: number }> {
	const { rows } = await db.execute<{ appeals: number; late: number }>(sql`
		select
			(select count(*)::int from exam_appeals x join exam_attempts t on t.id = x.attempt_id
				where t.exam_id = ${examId} and t.person_id <> ${actor.personId} and t.state <> 'voided' and x.answered_at is null) as appeals,
			(select count(*)::int from exam_late_answers l join exam_attempts t on t.id = l.attempt_id
				where t.exam_id = ${examId} and t.person_id <> ${actor.personId} and l.decided_at is null
					and t.state in ('submitted', 'marked', 'released')) as late`);
	return rows[0]!;
}
