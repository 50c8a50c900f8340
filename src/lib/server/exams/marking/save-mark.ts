import { and, eq, sql } from 'drizzle-orm';
import { examMarks } from '#db/schema/exam-marking.ts';
import { examAnswers, examAttempts } from '#db/schema/exam-sittings.ts';
import { exams } from '#db/schema/exams.ts';
import { questionVersions } from '#db/schema/questions.ts';
import { record } from '../../audit/record.ts';
import { atomically, type SignedIn } from '../../platform/context.ts';
import { conflict, invalid, notFound } from '../../platform/errors.ts';
import type { AskedQuestion } from '../../questions/stored-question.ts';
import { agreedScore } from './agreed-score.ts';
import { keepScores } from './keep-scores.ts';
import { finishMarking } from './mark-attempts.ts';
import { rubricPoints, sumOfPoints } from './rubric-points.ts';
import { answerCode, getMarkableExam, needsSecond } from './written-answers.ts';

export interface SaveMark {
	examId: string;
	/** The code under which the actor took the answer. */
	answer: string;
	/** Points by line of the rubric; null where a draft leaves one open. */
	criteria: (number | null)[];
	comment: string;
	final: boolean;
}

/**
 * Keeps the actor's marks of an answer that they have taken: as a draft, or for good. Once everybody needed has finished, the
 * answer has its points, and with the last one the paper is marked.
 * @throws not-found exam.not-found | mark.not-found; conflict mark.final | mark.closed; invalid mark.points | mark.incomplete
 */
export function saveMark(ctx: SignedIn, { examId, answer, criteria, comment, final }: SaveMark): Promise<void> {
	return atomically(ctx, async (ctx) => {
		await getMarkableExam(ctx, examId);
		const { mark, attempt, asked, exam, second } = await lockMark(ctx, examId, answer);
		if (mark.final) throw conflict('mark.final');
		// A key that was mended meanwhile, or a late answer, may have given the points that were waited for.
		if (attempt.state !== 'submitted' || asked.score !== null) throw conflict('mark.closed');
		const given = demandPoints(criteria, asked, final);

		await ctx.db
			.update(examMarks)
			.set({
				criteria: given,
				score: sumOfPoints(given.map((each) => Math.max(0, each))),
				comment,
				final,
				updatedAt: ctx.now
			})
			.where(theMark(mark));
		if (!final) return;

		const { attemptId, slot, round } = mark;
		await record(ctx, 'answer.marked', attemptId, { slot, round });
		const marks = await ctx.db
			.select({ round: examMarks.round, score: examMarks.score })
			.from(examMarks)
			.where(and(eq(examMarks.attemptId, attemptId), eq(examMarks.slot, slot), eq(examMarks.final, true)));
		const score = agreedScore(marks, { needsSecond: second, difference: exam.markerDifference });
		if (score === undefined) return;
		await keepScores(ctx, [{ attemptId, slot, score }]);
		await finishMarking(ctx, [attempt]);
	});
}

/** Gives an answer that the actor has taken back to the others, with what they had noted. @throws not-found mark.not-found, conflict mark.final */
export function giveBack(ctx: SignedIn, { examId, answer }: { examId: string; answer: string }): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const { mark } = await lockMark(ctx, examId, answer);
		if (mark.final) throw conflict('mark.final');
		await ctx.db.delete(examMarks).where(theMark(mark));
	});
}

type Mark = typeof examMarks.$inferSelect;

const theMark = ({ attemptId, slot, round }: Mark) =>
	and(eq(examMarks.attemptId, attemptId), eq(examMarks.slot, slot), eq(examMarks.round, round));

/** What the actor took under a code, for a change. The attempt is taken with it, so that its marking is closed once. */
async function lockMark({ db, actor }: SignedIn, examId: string, code: string) {
	const [found] = await db
		.select({
			mark: examMarks,
			attempt: {
				id: examAttempts.id,
				examId: examAttempts.examId,
				personId: examAttempts.personId,
				state: examAttempts.state
			},
			exam: { markerDifference: exams.markerDifference },
			asked: { points: examAnswers.points, score: examAnswers.score, content: questionVersions.content },
			second: sql<boolean>`${needsSecondOf}`
		})
		.from(examMarks)
		.innerJoin(examAttempts, eq(examAttempts.id, examMarks.attemptId))
		.innerJoin(exams, eq(exams.id, examAttempts.examId))
		.innerJoin(examAnswers, and(eq(examAnswers.attemptId, examMarks.attemptId), eq(examAnswers.slot, examMarks.slot)))
		.innerJoin(questionVersions, eq(questionVersions.id, examAnswers.questionVersionId))
		.where(
			and(
				eq(examAttempts.examId, examId),
				eq(examMarks.markerId, actor.personId),
				sql`${answerCode('exam_marks')} = ${code}`
			)
		)
		.for('update', { of: [examAttempts, examMarks, examAnswers] });
	if (!found) throw notFound('mark');
	return found;
}

const needsSecondOf = needsSecond('exam_marks', sql`${exams.secondMarkerShare}`);

/** @throws invalid mark.points where a line gets more than it can give, mark.incomplete where a final mark leaves one open */
function demandPoints(
	criteria: readonly (number | null)[],
	{ points, content }: { points: number; content: unknown },
	final: boolean
): number[] {
	const question = content as AskedQuestion;
	const most = rubricPoints('rubric' in question ? question.rubric : [], points);
	return most.map((limit, index) => {
		const given = criteria[index] ?? null;
		if (given === null) {
			if (final) throw invalid('mark.incomplete', { field: `criteria.${index}` });
			return open;
		}
		if (given < 0 || given > limit)
			throw invalid('mark.points', { field: `criteria.${index}`, values: { points: limit } });
		return given;
	});
}

/** A line that a draft leaves open, where the column takes numbers only. */
export const open = -1;
