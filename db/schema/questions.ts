import { sql } from 'drizzle-orm';
import {
	type AnyPgColumn,
	check,
	date,
	index,
	integer,
	jsonb,
	pgEnum,
	pgTable,
	primaryKey,
	smallint,
	text,
	uniqueIndex,
	uuid
} from 'drizzle-orm/pg-core';
import { id, instant } from './columns.ts';
import { courses, lessons } from './courses.ts';
import { articles } from './statutes.ts';

export const questionKind = pgEnum('question_kind', ['single', 'multiple', 'true-false', 'fill-in', 'numeric', 'case']);

/** The identity of a question; its text and key live in versions. */
export const questions = pgTable(
	'questions',
	{
		id: id(),
		/** Number given in the course files, such as lc-0301; never reused. */
		code: text('code').notNull().unique(),
		kind: questionKind('kind').notNull(),
		/** The case set that this question belongs to. */
		caseId: uuid('case_id').references((): AnyPgColumn => questions.id),
		/** The course it came with from the files; such questions are public and serve practice only. */
		courseId: uuid('course_id').references((): AnyPgColumn => courses.id),
		lessonId: uuid('lesson_id').references((): AnyPgColumn => lessons.id),
		position: integer('position').notNull().default(0),
		currentVersionId: uuid('current_version_id').references((): AnyPgColumn => questionVersions.id),
		usableFrom: date('usable_from', { mode: 'string' }),
		usableUntil: date('usable_until', { mode: 'string' }),
		createdAt: instant('created_at').notNull(),
		archivedAt: instant('archived_at')
	},
	(table) => [
		index('questions_lesson')
			.on(table.lessonId)
			.where(sql`${table.archivedAt} is null`),
		index('questions_case').on(table.caseId),
		check('questions_case_not_nested', sql`${table.kind} <> 'case' or ${table.caseId} is null`)
	]
);

/** One wording of a question with its key; never changed, so that what was answered can always be read again. */
export const questionVersions = pgTable(
	'question_versions',
	{
		id: id(),
		questionId: uuid('question_id')
			.notNull()
			.references((): AnyPgColumn => questions.id),
		number: integer('number').notNull(),
		difficulty: smallint('difficulty').notNull(),
		/** Stem, options, key, reasons and explanation as the course files state them (type `QuestionContent` of the questions module). */
		content: jsonb('content').$type<unknown>().notNull(),
		hash: text('hash').notNull(),
		createdAt: instant('created_at').notNull()
	},
	(table) => [
		uniqueIndex('question_versions_number').on(table.questionId, table.number),
		check('question_versions_difficulty', sql`${table.difficulty} between 1 and 5`)
	]
);

/** The articles that a version of a question rests on. */
export const questionArticles = pgTable(
	'question_articles',
	{
		versionId: uuid('version_id')
			.notNull()
			.references(() => questionVersions.id),
		articleId: uuid('article_id')
			.notNull()
			.references(() => articles.id)
	},
	(table) => [
		primaryKey({ columns: [table.versionId, table.articleId] }),
		index('question_articles_article').on(table.articleId)
	]
);
