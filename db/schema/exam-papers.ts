import { sql } from 'drizzle-orm';
import { boolean, check, jsonb, pgTable, primaryKey, smallint, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { id, points } from './columns.ts';
import { exams } from './exams.ts';
import { leadershipLevel, rank } from './people.ts';
import { questionKind } from './question-kinds.ts';
import { questions } from './questions.ts';

/** What a section draws from: every condition that is stated must hold. */
export type SectionFilter = {
	statutes?: string[];
	/** `statute/number` of a chapter. */
	chapters?: string[];
	/** `statute/number` of an article. */
	articles?: string[];
	difficulty?: { from: number; to: number };
	tags?: string[];
	topic?: string;
};

/** One blueprint of an exam, such as A卷 for leaders. The paper without ranks and levels is for everybody else. */
export const examPapers = pgTable(
	'exam_papers',
	{
		id: id(),
		examId: uuid('exam_id')
			.notNull()
			.references(() => exams.id),
		position: smallint('position').notNull(),
		name: text('name').notNull(),
		ranks: rank('ranks')
			.array()
			.notNull()
			.default(sql`'{}'`),
		levels: leadershipLevel('levels')
			.array()
			.notNull()
			.default(sql`'{}'`)
	},
	(table) => [uniqueIndex('exam_papers_position').on(table.examId, table.position)]
);

/** A part of a paper: so many questions of a kind, each worth so much; drawn anew for each person, or fixed. */
export const examSections = pgTable(
	'exam_sections',
	{
		id: id(),
		paperId: uuid('paper_id')
			.notNull()
			.references(() => examPapers.id, { onDelete: 'cascade' }),
		position: smallint('position').notNull(),
		title: text('title').notNull(),
		kind: questionKind('kind').notNull(),
		/** Questions to draw; of a case set, sets. */
		count: smallint('count').notNull(),
		/** For each question; of a case set, for each of its questions. */
		points: points('points').notNull(),
		fixed: boolean('fixed').notNull().default(false),
		unseenFirst: boolean('unseen_first').notNull().default(true),
		filter: jsonb('filter').$type<SectionFilter>().notNull().default({})
	},
	(table) => [
		uniqueIndex('exam_sections_position').on(table.paperId, table.position),
		check('exam_sections_count', sql`${table.count} between 1 and 200`),
		check('exam_sections_points', sql`${table.points} > 0 and ${table.points} <= 100`)
	]
);

/** The questions of a fixed section, in their order. */
export const examSectionQuestions = pgTable(
	'exam_section_questions',
	{
		sectionId: uuid('section_id')
			.notNull()
			.references(() => examSections.id, { onDelete: 'cascade' }),
		position: smallint('position').notNull(),
		questionId: uuid('question_id')
			.notNull()
			.references(() => questions.id)
	},
	(table) => [
		primaryKey({ columns: [table.sectionId, table.position] }),
		uniqueIndex('exam_section_questions_once').on(table.sectionId, table.questionId)
	]
);
