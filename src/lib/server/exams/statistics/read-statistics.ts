import { asc, eq, sql } from 'drizzle-orm';
import { examQuestionFigures, examStatistics } from '#db/schema/exam-statistics.ts';
import { questions } from '#db/schema/questions.ts';
import type { Context } from '../../platform/context.ts';
import { flagsOf, type QuestionFigures, type QuestionFlag } from './question-figures.ts';
import type { ExamFigures } from './work-out.ts';

/** A question of an exam with its figures, and what they suggest looking at. */
export interface QuestionLine extends QuestionFigures {
	id: string;
	code: string;
	kind: string;
	flags: QuestionFlag[];
	/** Share of the papers on which it stood. */
	exposure: number;
	/** Its key was mended in this exam. */
	mended: string | null;
}

export interface Statistics {
	figures: ExamFigures | null;
	workedOutAt: Date | null;
	/** Something has changed since; a job is about to work it out. */
	stale: boolean;
	questions: QuestionLine[];
}

/** The figures of an exam as last worked out: nothing is computed here. */
export async function readStatistics({ db }: Context, examId: string): Promise<Statistics> {
	const [kept] = await db.select().from(examStatistics).where(eq(examStatistics.examId, examId));
	const figures = (kept?.figures as ExamFigures | null | undefined) ?? null;
	const sat = figures?.papers.reduce((sum, { people }) => sum + people, 0) ?? 0;
	const rows = await db
		.select({
			id: questions.id,
			code: questions.code,
			kind: questions.kind,
			figures: examQuestionFigures.figures,
			mended: sql<string | null>`(
				select policy::text from exam_key_changes k where k.exam_id = ${examId} and k.question_id = ${questions.id}
				order by changed_at desc, id desc limit 1)`
		})
		.from(examQuestionFigures)
		.innerJoin(questions, eq(questions.id, examQuestionFigures.questionId))
		.where(eq(examQuestionFigures.examId, examId))
		.orderBy(asc(questions.code));
	return {
		figures,
		workedOutAt: figures ? kept!.workedOutAt : null,
		stale: kept?.stale ?? false,
		questions: rows.map(({ figures, ...row }) => {
			// Figures that were worked out before times were kept have none.
			const own: QuestionFigures = { time: null, ...(figures as Omit<QuestionFigures, 'time'>) };
			return { ...row, ...own, flags: flagsOf(own, row.mended), exposure: sat > 0 ? own.asked / sat : 0 };
		})
	};
}
