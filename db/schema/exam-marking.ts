import { sql } from 'drizzle-orm';
import {
	boolean,
	check,
	index,
	integer,
	numeric,
	pgEnum,
	pgTable,
	primaryKey,
	smallint,
	text,
	uniqueIndex,
	uuid
} from 'drizzle-orm/pg-core';
import { id, instant, points } from './columns.ts';
import { exams } from './exams.ts';
import { people } from './people.ts';
import { questionVersions, questions } from './questions.ts';

/** Who marks the written answers of an exam. */
export const examMarkers = pgTable(
	'exam_markers',
	{
		examId: uuid('exam_id')
			.notNull()
			.references(() => exams.id),
		personId: uuid('person_id')
			.notNull()
			.references(() => people.id)
	},
	(table) => [primaryKey({ columns: [table.examId, table.personId] })]
);

/** One marker's judgement of a written answer. Round 1 and 2 are independent; 3 settles a difference. */
export const examMarks = pgTable(
	'exam_marks',
	{
		attemptId: uuid('attempt_id').notNull(),
		slot: smallint('slot').notNull(),
		round: smallint('round').notNull(),
		markerId: uuid('marker_id')
			.notNull()
			.references(() => people.id),
		/** Points by criterion of the rubric, in its order. */
		criteria: numeric('criteria', { precision: 7, scale: 2, mode: 'number' }).array().notNull(),
		score: points('score').notNull(),
		comment: text('comment').notNull().default(''),
		final: boolean('final').notNull().default(false),
		updatedAt: instant('updated_at').notNull()
	},
	(table) => [
		primaryKey({ columns: [table.attemptId, table.slot, table.round] }),
		uniqueIndex('exam_marks_one_each').on(table.attemptId, table.slot, table.markerId),
		index('exam_marks_marker').on(table.markerId),
		check('exam_marks_round', sql`${table.round} between 1 and 3`),
		check('exam_marks_score', sql`${table.score} >= 0`)
	]
);

/** What a mended key gives those who had answered by the old one. */
export const keyPolicy = pgEnum('key_policy', ['full-credit', 'both-keys', 'new-key', 'drop-question']);

/** A key that was mended after people had sat: the question as it is now scored in this exam. The newest holds. */
export const examKeyChanges = pgTable(
	'exam_key_changes',
	{
		id: id(),
		examId: uuid('exam_id')
			.notNull()
			.references(() => exams.id),
		questionId: uuid('question_id')
			.notNull()
			.references(() => questions.id),
		fromVersionId: uuid('from_version_id')
			.notNull()
			.references(() => questionVersions.id),
		/** The version with the mended key; the same as before where the policy needs none. */
		toVersionId: uuid('to_version_id')
			.notNull()
			.references(() => questionVersions.id),
		policy: keyPolicy('policy').notNull(),
		reason: text('reason').notNull(),
		/** Whose points changed. */
		personIds: uuid('person_ids')
			.array()
			.notNull()
			.default(sql`'{}'`),
		/** Attempts whose score changed, and candidates whose outcome did. */
		rescored: integer('rescored').notNull(),
		turned: integer('turned').notNull(),
		changedBy: uuid('changed_by')
			.notNull()
			.references(() => people.id),
		changedAt: instant('changed_at').notNull()
	},
	(table) => [
		index('exam_key_changes_question').on(table.examId, table.questionId, table.changedAt),
		check('exam_key_changes_reason', sql`length(btrim(${table.reason})) > 0`)
	]
);

/** A person asks for one answer to be looked at again. */
export const examAppeals = pgTable(
	'exam_appeals',
	{
		id: id(),
		attemptId: uuid('attempt_id').notNull(),
		slot: smallint('slot').notNull(),
		reason: text('reason').notNull(),
		askedAt: instant('asked_at').notNull(),
		upheld: boolean('upheld'),
		answer: text('answer'),
		answeredBy: uuid('answered_by').references(() => people.id),
		answeredAt: instant('answered_at'),
		scoreBefore: points('score_before').notNull(),
		scoreAfter: points('score_after')
	},
	(table) => [
		uniqueIndex('exam_appeals_one_open')
			.on(table.attemptId, table.slot)
			.where(sql`${table.answeredAt} is null`),
		index('exam_appeals_attempt').on(table.attemptId, table.slot),
		check('exam_appeals_reason', sql`length(btrim(${table.reason})) between 1 and 4000`),
		check(
			'exam_appeals_answered',
			sql`(${table.answeredAt} is null) = (${table.upheld} is null) and (${table.answeredAt} is null) = (${table.answeredBy} is null) and (${table.answeredAt} is null or length(btrim(${table.answer})) > 0)`
		)
	]
);
