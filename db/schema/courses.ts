import { sql } from 'drizzle-orm';
import {
	type AnyPgColumn,
	boolean,
	check,
	index,
	integer,
	jsonb,
	numeric,
	pgEnum,
	pgTable,
	primaryKey,
	smallint,
	text,
	uniqueIndex,
	uuid
} from 'drizzle-orm/pg-core';
import { bytea, id, instant, type Localized, round } from './columns.ts';
import { people } from './people.ts';
import { questionKind } from './question-kinds.ts';
import { questions, questionVersions } from './questions.ts';
import { articles, statutes } from './statutes.ts';
import { units } from './units.ts';

export type Heading = { id: string; level: number; text: string };

export const courseKind = pgEnum('course_kind', ['required', 'elective']);

/** A course of the library; what it says lives in versions. */
export const courses = pgTable('courses', {
	id: id(),
	slug: text('slug').notNull().unique(),
	position: integer('position').notNull().default(0),
	currentVersionId: uuid('current_version_id').references((): AnyPgColumn => courseVersions.id),
	createdAt: instant('created_at').notNull(),
	archivedAt: instant('archived_at')
});

export const courseVersions = pgTable(
	'course_versions',
	{
		id: id(),
		courseId: uuid('course_id')
			.notNull()
			.references((): AnyPgColumn => courses.id),
		number: integer('number').notNull(),
		title: jsonb('title').$type<Localized>().notNull(),
		summary: jsonb('summary').$type<Localized>().notNull(),
		audience: jsonb('audience').$type<Localized & { posts: string[] }>().notNull(),
		/** The statute that the course goes through; none for one that rests on several. */
		statute: text('statute').references(() => statutes.slug),
		kind: courseKind('kind').notNull(),
		/** Training hours that the whole course is worth, granted once. */
		hours: numeric('hours', { precision: 5, scale: 1, mode: 'number' }).notNull(),
		hash: text('hash').notNull(),
		createdAt: instant('created_at').notNull()
	},
	(table) => [
		uniqueIndex('course_versions_number').on(table.courseId, table.number),
		check('course_versions_hours', sql`${table.hours} > 0`)
	]
);

export const lessons = pgTable(
	'lessons',
	{
		id: id(),
		courseId: uuid('course_id')
			.notNull()
			.references(() => courses.id),
		slug: text('slug').notNull(),
		position: integer('position').notNull(),
		currentVersionId: uuid('current_version_id').references((): AnyPgColumn => lessonVersions.id),
		createdAt: instant('created_at').notNull(),
		archivedAt: instant('archived_at')
	},
	(table) => [uniqueIndex('lessons_slug').on(table.courseId, table.slug)]
);

/** One text of a lesson, rendered once when it came in from the files. */
export const lessonVersions = pgTable(
	'lesson_versions',
	{
		id: id(),
		lessonId: uuid('lesson_id')
			.notNull()
			.references((): AnyPgColumn => lessons.id),
		number: integer('number').notNull(),
		title: jsonb('title').$type<Localized>().notNull(),
		summary: jsonb('summary').$type<Localized>().notNull(),
		html: text('html').notNull(),
		headings: jsonb('headings').$type<Heading[]>().notNull(),
		/** The text without markup, for searching. */
		plain: text('plain').notNull(),
		/** Chinese characters of teaching. */
		length: integer('length').notNull(),
		/** How many questions a mastery check draws, and how many must be right. */
		draw: smallint('draw').notNull(),
		pass: smallint('pass').notNull(),
		hash: text('hash').notNull(),
		createdAt: instant('created_at').notNull()
	},
	(table) => [
		uniqueIndex('lesson_versions_number').on(table.lessonId, table.number),
		index('lesson_versions_search').using('gin', sql`(${table.plain}) gin_trgm_ops`),
		check('lesson_versions_pass', sql`${table.pass} between 1 and ${table.draw}`)
	]
);

/** The articles that a version of a lesson rests on. */
export const lessonArticles = pgTable(
	'lesson_articles',
	{
		versionId: uuid('version_id')
			.notNull()
			.references(() => lessonVersions.id),
		articleId: uuid('article_id')
			.notNull()
			.references(() => articles.id)
	},
	(table) => [
		primaryKey({ columns: [table.versionId, table.articleId] }),
		index('lesson_articles_article').on(table.articleId)
	]
);

/** Images that lessons show. */
export const courseFiles = pgTable(
	'course_files',
	{
		courseId: uuid('course_id')
			.notNull()
			.references(() => courses.id),
		name: text('name').notNull(),
		type: text('type').notNull(),
		bytes: bytea('bytes').notNull(),
		hash: text('hash').notNull()
	},
	(table) => [primaryKey({ columns: [table.courseId, table.name] })]
);

/** When the course library was brought in, and what its files were: with the same files there is nothing to do. */
export const librarySyncs = pgTable('library_syncs', {
	id: id(),
	/** Of all files and of the version of Mingfa, which renders them. */
	fingerprint: text('fingerprint').notNull(),
	at: instant('at').notNull()
});

/** Where a reader stopped: the last heading seen. */
export const readingPositions = pgTable(
	'reading_positions',
	{
		personId: uuid('person_id')
			.notNull()
			.references(() => people.id),
		lessonId: uuid('lesson_id')
			.notNull()
			.references(() => lessons.id),
		heading: text('heading'),
		at: instant('at').notNull()
	},
	(table) => [
		primaryKey({ columns: [table.personId, table.lessonId] }),
		index('reading_positions_latest').on(table.personId, table.at)
	]
);

/** A reader's own notes on a lesson; nobody else reads them. */
export const lessonNotes = pgTable(
	'lesson_notes',
	{
		personId: uuid('person_id')
			.notNull()
			.references(() => people.id),
		lessonId: uuid('lesson_id')
			.notNull()
			.references(() => lessons.id),
		body: text('body').notNull(),
		updatedAt: instant('updated_at').notNull()
	},
	(table) => [
		primaryKey({ columns: [table.personId, table.lessonId] }),
		check('lesson_notes_length', sql`length(${table.body}) <= 20000`)
	]
);

export const checkStatus = pgEnum('check_status', ['open', 'passed', 'failed']);

/** One try at the mastery check of a lesson. A person has at most one open try per lesson. */
export const masteryChecks = pgTable(
	'mastery_checks',
	{
		id: id(),
		personId: uuid('person_id')
			.notNull()
			.references(() => people.id),
		lessonId: uuid('lesson_id')
			.notNull()
			.references(() => lessons.id),
		lessonVersionId: uuid('lesson_version_id')
			.notNull()
			.references(() => lessonVersions.id),
		/** Which try of this person at this lesson it is, from 1, over all rounds. */
		number: integer('number').notNull(),
		/** Which round of the course it is part of. */
		round: round(),
		status: checkStatus('status').notNull().default('open'),
		pass: smallint('pass').notNull(),
		correct: smallint('correct'),
		openedAt: instant('opened_at').notNull(),
		submittedAt: instant('submitted_at')
	},
	(table) => [
		uniqueIndex('mastery_checks_one_open')
			.on(table.personId, table.lessonId)
			.where(sql`${table.status} = 'open'`),
		uniqueIndex('mastery_checks_number').on(table.personId, table.lessonId, table.number),
		check('mastery_checks_submitted', sql`(${table.status} = 'open') = (${table.submittedAt} is null)`),
		check('mastery_checks_marked', sql`(${table.status} = 'open') = (${table.correct} is null)`),
		check('mastery_checks_result', sql`${table.status} <> 'passed' or ${table.correct} >= ${table.pass}`)
	]
);

/** A question as drawn for one try: its version, its parameters and order are pinned. */
export const masteryCheckQuestions = pgTable(
	'mastery_check_questions',
	{
		checkId: uuid('check_id')
			.notNull()
			.references(() => masteryChecks.id),
		position: smallint('position').notNull(),
		questionId: uuid('question_id')
			.notNull()
			.references(() => questions.id),
		questionVersionId: uuid('question_version_id')
			.notNull()
			.references(() => questionVersions.id),
		/** The situation that it belongs to, as it was worded. */
		caseVersionId: uuid('case_version_id').references(() => questionVersions.id),
		/** With `size` the shape that an answer must have, so that saving one reads no more than this row. */
		kind: questionKind('kind').notNull(),
		/** How many options are shown or blanks are to be filled; 1 for a judgement or a number. */
		size: smallint('size').notNull(),
		/** Drawn values of a calculation, or null. */
		parameters: jsonb('parameters').$type<Record<string, number>>(),
		/** Order in which the options are shown: letters of the stated order. */
		optionOrder: text('option_order').array(),
		/** What was answered (type `Answer` of the questions module, in stated letters); null while unanswered. */
		response: jsonb('response').$type<unknown>(),
		answeredAt: instant('answered_at'),
		correct: boolean('correct')
	},
	(table) => [
		primaryKey({ columns: [table.checkId, table.position] }),
		uniqueIndex('mastery_check_questions_once').on(table.checkId, table.questionId),
		index('mastery_check_questions_question').on(table.questionId),
		check('mastery_check_questions_small', sql`${table.kind} <> 'case'`),
		check('mastery_check_questions_answered', sql`(${table.response} is null) = (${table.answeredAt} is null)`)
	]
);

/**
 * A course that is asked of a person again: from then on they study it anew. Everybody is in the first round of every course
 * without a row here; what was completed in a round stays as it was.
 */
export const courseRounds = pgTable(
	'course_rounds',
	{
		personId: uuid('person_id')
			.notNull()
			.references(() => people.id),
		courseId: uuid('course_id')
			.notNull()
			.references(() => courses.id),
		number: smallint('number').notNull(),
		openedAt: instant('opened_at').notNull()
	},
	(table) => [
		primaryKey({ columns: [table.personId, table.courseId, table.number] }),
		check('course_rounds_number', sql`${table.number} >= 2`)
	]
);

/** A lesson is completed once in a round of its course, by passing its check, under the version that was read. */
export const lessonCompletions = pgTable(
	'lesson_completions',
	{
		personId: uuid('person_id')
			.notNull()
			.references(() => people.id),
		lessonId: uuid('lesson_id')
			.notNull()
			.references(() => lessons.id),
		lessonVersionId: uuid('lesson_version_id')
			.notNull()
			.references(() => lessonVersions.id),
		checkId: uuid('check_id')
			.notNull()
			.unique()
			.references(() => masteryChecks.id),
		unitId: uuid('unit_id').references(() => units.id),
		round: round(),
		completedAt: instant('completed_at').notNull()
	},
	(table) => [
		primaryKey({ columns: [table.personId, table.lessonId, table.round] }),
		index('lesson_completions_lesson').on(table.lessonId)
	]
);

/** A course is completed once in a round, with its last lesson; unit and version are those of that day. */
export const courseCompletions = pgTable(
	'course_completions',
	{
		id: id(),
		personId: uuid('person_id')
			.notNull()
			.references(() => people.id),
		courseId: uuid('course_id')
			.notNull()
			.references(() => courses.id),
		courseVersionId: uuid('course_version_id')
			.notNull()
			.references(() => courseVersions.id),
		unitId: uuid('unit_id').references(() => units.id),
		round: round(),
		completedAt: instant('completed_at').notNull()
	},
	(table) => [
		uniqueIndex('course_completions_once').on(table.personId, table.courseId, table.round),
		index('course_completions_course').on(table.courseId, table.completedAt)
	]
);
