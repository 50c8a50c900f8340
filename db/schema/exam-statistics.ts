import { boolean, index, integer, jsonb, numeric, pgTable, primaryKey, smallint, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';
import { examAttempts } from './exam-sittings.ts';
import { exams } from './exams.ts';
import { questions } from './questions.ts';

/**
 * A marked paper in one row, as statistics read it: five million answers are a hundred thousand of these. Kept by marking, whenever a
 * paper's points are added up; in the order of its slots.
 */
export const examSheets = pgTable('exam_sheets', {
	attemptId: uuid('attempt_id')
		.primaryKey()
		.references(() => examAttempts.id),
	questionIds: uuid('question_ids').array().notNull(),
	/** Options by bit, A the lowest; of a judgement right and wrong; 0 for what was answered without options; null for no answer. */
	choices: smallint('choices').array().notNull(),
	/** In hundredths of a point. */
	scores: integer('scores').array().notNull(),
	points: integer('points').array().notNull(),
	/** From the receipt before to the last one of the answer; null where they do not tell. */
	seconds: integer('seconds').array().notNull()
});

/** Figures of an exam as last worked out; made anew when an attempt of it is marked, mended or voided. */
export const examStatistics = pgTable('exam_statistics', {
	examId: uuid('exam_id')
		.primaryKey()
		.references(() => exams.id),
	/** Type `ExamFigures` of the exams module. */
	figures: jsonb('figures').$type<unknown>().notNull(),
	workedOutAt: instant('worked_out_at').notNull(),
	stale: boolean('stale').notNull().default(false)
});

/** Figures of a question in one exam, for the bank's list and for whoever draws papers. */
export const examQuestionFigures = pgTable(
	'exam_question_figures',
	{
		examId: uuid('exam_id')
			.notNull()
			.references(() => exams.id),
		questionId: uuid('question_id')
			.notNull()
			.references(() => questions.id),
		answered: integer('answered').notNull(),
		/** Mean share of the points, 0 to 1. */
		facility: numeric('facility', { precision: 6, scale: 4, mode: 'number' }),
		/** Correlation with the rest of the paper, -1 to 1. */
		discrimination: numeric('discrimination', { precision: 6, scale: 4, mode: 'number' }),
		/** Type `QuestionFigures` of the exams module. */
		figures: jsonb('figures').$type<unknown>().notNull()
	},
	(table) => [
		primaryKey({ columns: [table.examId, table.questionId] }),
		index('exam_question_figures_question').on(table.questionId)
	]
);
