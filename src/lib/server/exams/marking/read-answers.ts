import { and, asc, eq, inArray, type SQL } from 'drizzle-orm';
import { examAnswers, examAttempts } from '#db/schema/exam-sittings.ts';
import { questionVersions } from '#db/schema/questions.ts';
import type { Context } from '../../platform/context.ts';
import { satStates } from '../attempt-state.ts';
import type { Answer } from '../../questions/score-answer.ts';
import type { AskedQuestion } from '../../questions/stored-question.ts';

/** An answer with what was asked, as marking needs it. */
export interface MarkedAnswer {
	attemptId: string;
	slot: number;
	questionId: string;
	points: number;
	parameters: Record<string, number> | null;
	response: Answer | null;
	score: number | null;
	content: AskedQuestion;
}

/**
 * Answers that fulfil a condition, taken until the end of the transaction: saves that were under way have come to their end,
 * later ones find the attempt closed. Each wording is read once, however many were asked it.
 */
export async function lockAnswers({ db }: Context, condition: SQL): Promise<MarkedAnswer[]> {
	const rows = await db
		.select({
			attemptId: examAnswers.attemptId,
			slot: examAnswers.slot,
			questionId: examAnswers.questionId,
			points: examAnswers.points,
			parameters: examAnswers.parameters,
			response: examAnswers.response,
			score: examAnswers.score,
			versionId: examAnswers.questionVersionId
		})
		.from(examAnswers)
		.where(condition)
		.orderBy(asc(examAnswers.attemptId), asc(examAnswers.slot)) // as those who save take them
		.for('update');
	const contents = await readContents(
		{ db },
		rows.map(({ versionId }) => versionId)
	);
	return rows.map(({ versionId, ...row }) => ({
		...row,
		response: row.response as Answer | null,
		content: contents.get(versionId)!
	}));
}

/** What versions of questions ask, by id. */
export async function readContents(
	{ db }: Pick<Context, 'db'>,
	versionIds: string[]
): Promise<Map<string, AskedQuestion>> {
	const versions = await db
		.select({ id: questionVersions.id, content: questionVersions.content })
		.from(questionVersions)
		.where(inArray(questionVersions.id, [...new Set(versionIds)]));
	return new Map(versions.map(({ id, content }) => [id, content as AskedQuestion]));
}

/** The attempts of an exam in which a question was asked and that were handed in, taken in the order of their ids. */
export function lockHandedInWith({ db }: Context, examId: string, questionId: string) {
	return db
		.select({
			id: examAttempts.id,
			examId: examAttempts.examId,
			personId: examAttempts.personId,
			state: examAttempts.state
		})
		.from(examAttempts)
		.innerJoin(examAnswers, and(eq(examAnswers.attemptId, examAttempts.id), eq(examAnswers.questionId, questionId)))
		.where(and(eq(examAttempts.examId, examId), inArray(examAttempts.state, [...satStates])))
		.orderBy(asc(examAttempts.id))
		.for('update', { of: examAttempts });
}
