import { type SQL, sql } from 'drizzle-orm';
import {
	type AnyPgColumn,
	boolean,
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
import { bytea, id, instant } from './columns.ts';
import { courses, lessons } from './courses.ts';
import { people } from './people.ts';
import { questionKind } from './question-kinds.ts';
import { articles } from './statutes.ts';
import { units } from './units.ts';

/** What a question may be drawn for. */
export const questionUse = pgEnum('question_use', ['practice', 'exam', 'both']);

/** A question is typed in, published after a review, and retired when it should be asked no more. */
export const questionState = pgEnum('question_state', ['unpublished', 'published', 'retired']);

/** What is asked, or the situation of a case, in the content of a wording. Indexed, so that likenesses are found among many. */
export const askedText = (content: AnyPgColumn): SQL<string> =>
	sql`coalesce(${content} ->> 'stem', ${content} ->> 'situation', '')`;

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
		/** Whose question it is, where it was typed in or imported; those who keep the bank there may see it. */
		unitId: uuid('unit_id').references((): AnyPgColumn => units.id),
		use: questionUse('use').notNull().default('practice'),
		/** Whether exams of the units below its own may draw it too. */
		shared: boolean('shared').notNull().default(false),
		state: questionState('state').notNull().default('published'),
		/** Point of knowledge (知识点), and free tags (标签). */
		topic: text('topic').notNull().default(''),
		tags: text('tags')
			.array()
			.notNull()
			.default(sql`'{}'`),
		/** Since when somebody has seen it with its explanation: from then on it is in no closed-book exam. */
		disclosedAt: instant('disclosed_at'),
		usableFrom: date('usable_from', { mode: 'string' }),
		usableUntil: date('usable_until', { mode: 'string' }),
		createdAt: instant('created_at').notNull(),
		archivedAt: instant('archived_at')
	},
	(table) => [
		index('questions_unit').on(table.unitId, table.state),
		index('questions_tags').using('gin', table.tags),
		check('questions_owned', sql`(${table.courseId} is null) <> (${table.unitId} is null)`),
		check(
			'questions_published',
			sql`${table.unitId} is null or ${table.state} = 'unpublished' or ${table.currentVersionId} is not null`
		),
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
		/** Who wrote and who reviewed it; neither for those from course files, which are reviewed there. */
		authorId: uuid('author_id').references(() => people.id),
		reviewedBy: uuid('reviewed_by').references(() => people.id),
		createdAt: instant('created_at').notNull()
	},
	(table) => [
		uniqueIndex('question_versions_number').on(table.questionId, table.number),
		index('question_versions_hash').on(table.hash),
		index('question_versions_likeness').using('gin', sql`(${askedText(table.content)}) gin_trgm_ops`),
		check(
			'question_versions_second_reader',
			sql`${table.reviewedBy} is null or ${table.reviewedBy} <> ${table.authorId}`
		),
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

export const draftState = pgEnum('question_draft_state', ['draft', 'in-review', 'returned']);

/** A wording that is being worked on: of a new question, or the next of a published one. Publishing makes it a version. */
export const questionDrafts = pgTable(
	'question_drafts',
	{
		questionId: uuid('question_id')
			.primaryKey()
			.references(() => questions.id),
		state: draftState('state').notNull().default('draft'),
		difficulty: smallint('difficulty').notNull(),
		/** Type `QuestionContent` of the questions module. */
		content: jsonb('content').$type<unknown>().notNull(),
		articleIds: uuid('article_ids')
			.array()
			.notNull()
			.default(sql`'{}'`),
		authorId: uuid('author_id')
			.notNull()
			.references(() => people.id),
		updatedAt: instant('updated_at').notNull(),
		submittedAt: instant('submitted_at'),
		/** What the reviewer asks to be changed. */
		returnedBecause: text('returned_because'),
		returnedBy: uuid('returned_by').references(() => people.id)
	},
	(table) => [
		index('question_drafts_state').on(table.state, table.submittedAt),
		index('question_drafts_likeness').using('gin', sql`(${askedText(table.content)}) gin_trgm_ops`),
		check('question_drafts_difficulty', sql`${table.difficulty} between 1 and 5`),
		check('question_drafts_submitted', sql`${table.state} <> 'in-review' or ${table.submittedAt} is not null`),
		check(
			'question_drafts_returned',
			sql`(${table.state} = 'returned') = (${table.returnedBy} is not null) and (${table.state} <> 'returned' or length(btrim(${table.returnedBecause})) > 0)`
		)
	]
);

/** Pictures that questions show. */
export const questionImages = pgTable(
	'question_images',
	{
		id: id(),
		questionId: uuid('question_id')
			.notNull()
			.references(() => questions.id),
		name: text('name').notNull(),
		mediaType: text('media_type', { enum: ['image/png', 'image/jpeg', 'image/webp'] }).notNull(),
		bytes: bytea('bytes').notNull(),
		addedBy: uuid('added_by').references(() => people.id),
		createdAt: instant('created_at').notNull()
	},
	(table) => [
		uniqueIndex('question_images_name').on(table.questionId, table.name),
		check('question_images_size', sql`octet_length(${table.bytes}) between 1 and 1048576`)
	]
);

/** A file of questions between its preview and the decision about it; gone with the decision, or after a day. */
export const questionImports = pgTable(
	'question_imports',
	{
		id: id(),
		createdBy: uuid('created_by')
			.notNull()
			.references(() => people.id),
		createdAt: instant('created_at').notNull(),
		/** Whose questions they will be. */
		unitId: uuid('unit_id')
			.notNull()
			.references(() => units.id),
		/** What they are for where the file does not say. */
		use: questionUse('use').notNull(),
		fileName: text('file_name').notNull(),
		format: text('format').notNull(),
		/** What was read (type `Reading` of the questions module). */
		reading: jsonb('reading').$type<unknown>().notNull()
	},
	(table) => [index('question_imports_created').on(table.createdAt)]
);
