import { and, eq, inArray, isNotNull, ne, notInArray, sql } from 'drizzle-orm';
import { masteryCheckQuestions, masteryChecks } from '#db/schema/courses.ts';
import { examAnswers, examAttempts } from '#db/schema/exam-sittings.ts';
import { exams } from '#db/schema/exams.ts';
import { practiceAnswers } from '#db/schema/practice.ts';
import { listFinished } from '../exams/sitting/list-finished.ts';
import { isClosed, reviewLevel } from '../exams/sitting/review-level.ts';
import type { Facts } from '../platform/announce.ts';
import { batchesOf } from '../platform/batches.ts';
import type { Context } from '../platform/context.ts';
import { manualKinds } from '../questions/content/parse-questions.ts';
import { disclose } from '../questions/disclose.ts';
import { keepAnswers } from './keep-answers.ts';

/**
 * Every try at a lesson becomes known with the one that passes: before, which answer was wrong is told nobody, or the check
 * could be passed by elimination.
 */
export async function keepCheckAnswers(ctx: Context, { personId, lessonId }: Facts['lesson.completed']): Promise<void> {
	const at = sql<Date>`coalesce(${masteryCheckQuestions.answeredAt}, ${masteryChecks.submittedAt})`.mapWith(
		masteryChecks.openedAt
	);
	const answers = await ctx.db
		.select({
			personId: masteryChecks.personId,
			questionId: masteryCheckQuestions.questionId,
			questionVersionId: masteryCheckQuestions.questionVersionId,
			source: sql<'check'>`'check'`,
			parameters: masteryCheckQuestions.parameters,
			response: masteryCheckQuestions.response,
			correct: sql<boolean>`${masteryCheckQuestions.correct}`,
			at
		})
		.from(masteryChecks)
		.innerJoin(masteryCheckQuestions, eq(masteryCheckQuestions.checkId, masteryChecks.id))
		.where(
			and(
				eq(masteryChecks.personId, personId),
				eq(masteryChecks.lessonId, lessonId),
				ne(masteryChecks.status, 'open'),
				isNotNull(masteryCheckQuestions.correct),
				isNew({ personId: masteryChecks.personId, questionId: masteryCheckQuestions.questionId, source: 'check', at })
			)
		);
	await keepAnswers(ctx, answers);
}

const attemptsAtOnce = 200;

/**
 * The answers of released papers, where the exam lets their owners see what was right. Where it lets them see explanations
 * too, its questions are public from now on. What a person marks is not practised and not kept.
 */
export async function keepReleasedAnswers(ctx: Context, { attemptIds }: Facts['attempts.released']): Promise<void> {
	for (const ids of batchesOf(attemptIds, attemptsAtOnce)) {
		for (const [level, attempts] of await byLevel(ctx, ids)) {
			if (level !== 'answers' && level !== 'explanations') continue;
			const answers = await listExamAnswers(ctx, attempts);
			await keepAnswers(ctx, answers);
			if (level === 'explanations') await disclose(ctx, [...new Set(answers.map(({ questionId }) => questionId))]);
		}
	}
}

async function byLevel(ctx: Context, attemptIds: string[]) {
	const attempts = await ctx.db
		.select({ id: examAttempts.id, personId: examAttempts.personId, state: examAttempts.state, exam: exams })
		.from(examAttempts)
		.innerJoin(exams, eq(exams.id, examAttempts.examId))
		.where(inArray(examAttempts.id, attemptIds));
	const levels = new Map<string, string[]>();
	for (const together of Map.groupBy(attempts, ({ exam }) => exam.id).values()) {
		const { exam } = together[0]!;
		const closed = await isClosed(ctx, exam);
		const people = together.map(({ personId }) => personId);
		const finished = await listFinished(ctx, exam, people);
		for (const { id, personId, state } of together) {
			const level = reviewLevel(exam, state, { finished: finished.has(personId), closed });
			levels.set(level, [...(levels.get(level) ?? []), id]);
		}
	}
	return levels;
}

function listExamAnswers({ db }: Context, attemptIds: string[]) {
	const at = sql<Date>`coalesce(${examAnswers.savedAt}, ${examAttempts.submittedAt})`.mapWith(examAttempts.submittedAt);
	return db
		.select({
			personId: examAttempts.personId,
			questionId: examAnswers.questionId,
			questionVersionId: examAnswers.questionVersionId,
			source: sql<'exam'>`'exam'`,
			parameters: examAnswers.parameters,
			response: examAnswers.response,
			correct: sql<boolean>`${examAnswers.score} >= ${examAnswers.points}`,
			at
		})
		.from(examAnswers)
		.innerJoin(examAttempts, eq(examAttempts.id, examAnswers.attemptId))
		.where(
			and(
				inArray(examAnswers.attemptId, attemptIds),
				isNotNull(examAnswers.score),
				notInArray(examAnswers.kind, [...manualKinds]),
				isNew({ personId: examAttempts.personId, questionId: examAnswers.questionId, source: 'exam', at })
			)
		);
}

type Known = Record<'personId' | 'questionId' | 'at', unknown> & { source: string };

/** Whether an answer has not been kept yet: a fact that is announced again changes nothing. */
const isNew = ({ personId, questionId, source, at }: Known) => sql`not exists (
	select 1 from ${practiceAnswers} kept
	where kept.person_id = ${personId} and kept.question_id = ${questionId} and kept.source = ${source} and kept.at = ${at})`;
