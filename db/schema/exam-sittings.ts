import { sql } from 'drizzle-orm';
import {
	boolean,
	check,
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
import { id, instant, points } from './columns.ts';
import { examPapers, examSections } from './exam-papers.ts';
import { exams } from './exams.ts';
import { people } from './people.ts';
import { questionKind } from './question-kinds.ts';
import { questionVersions, questions } from './questions.ts';
import { units } from './units.ts';

/** prepared (the paper lies ready) → open → submitted → marked → released; voided with a reason. */
export const attemptState = pgEnum('attempt_state', ['prepared', 'open', 'submitted', 'marked', 'released', 'voided']);
export const submittedBy = pgEnum('attempt_submitted_by', ['person', 'deadline', 'examiner']);

/** One person's sitting. The transitions are in src/lib/server/exams/attempt-state.ts and in the trigger attempts_transition. */
export const examAttempts = pgTable(
	'exam_attempts',
	{
		id: id(),
		examId: uuid('exam_id')
			.notNull()
			.references(() => exams.id),
		personId: uuid('person_id')
			.notNull()
			.references(() => people.id),
		paperId: uuid('paper_id')
			.notNull()
			.references(() => examPapers.id),
		number: smallint('number').notNull(),
		unitId: uuid('unit_id').references(() => units.id),
		state: attemptState('state').notNull().default('prepared'),
		/** Points of the whole paper. */
		total: points('total').notNull(),
		startedAt: instant('started_at'),
		/** When it is submitted by itself; extra time and pauses are in it. */
		deadlineAt: instant('deadline_at'),
		/** The page that may write: another one takes over by asking. */
		writer: text('writer'),
		pausedAt: instant('paused_at'),
		pausedSeconds: integer('paused_seconds').notNull().default(0),
		submittedAt: instant('submitted_at'),
		submittedBy: submittedBy('submitted_by'),
		score: points('score'),
		markedAt: instant('marked_at'),
		releasedAt: instant('released_at'),
		voidedAt: instant('voided_at'),
		voidedBy: uuid('voided_by').references(() => people.id),
		voidedBecause: text('voided_because')
	},
	(table) => [
		uniqueIndex('exam_attempts_number').on(table.examId, table.personId, table.number),
		uniqueIndex('exam_attempts_one_live')
			.on(table.examId, table.personId)
			.where(sql`${table.state} in ('prepared', 'open')`),
		index('exam_attempts_due')
			.on(table.deadlineAt)
			.where(sql`${table.state} = 'open'`),
		index('exam_attempts_submitted')
			.on(table.submittedAt)
			.where(sql`${table.state} = 'submitted'`),
		index('exam_attempts_person').on(table.personId),
		check('exam_attempts_started', sql`(${table.startedAt} is null) = (${table.deadlineAt} is null)`),
		check('exam_attempts_open', sql`${table.state} in ('prepared', 'voided') or ${table.startedAt} is not null`),
		check('exam_attempts_submitted_by', sql`(${table.submittedAt} is null) = (${table.submittedBy} is null)`),
		check(
			'exam_attempts_marked',
			sql`${table.state} not in ('marked', 'released') or (${table.score} is not null and ${table.markedAt} is not null)`
		),
		check(
			'exam_attempts_score',
			sql`${table.score} is null or (0 <= ${table.score} and ${table.score} <= ${table.total})`
		),
		check(
			'exam_attempts_voided',
			sql`(${table.state} = 'voided') = (${table.voidedAt} is not null) and (${table.voidedAt} is null or length(btrim(${table.voidedBecause})) > 0)`
		)
	]
);

/** A slot of one person's paper and the answer in it. What is asked is pinned; the answer changes until submission. */
export const examAnswers = pgTable(
	'exam_answers',
	{
		attemptId: uuid('attempt_id')
			.notNull()
			.references(() => examAttempts.id),
		slot: smallint('slot').notNull(),
		sectionId: uuid('section_id')
			.notNull()
			.references(() => examSections.id),
		questionId: uuid('question_id')
			.notNull()
			.references(() => questions.id),
		questionVersionId: uuid('question_version_id')
			.notNull()
			.references(() => questionVersions.id),
		caseVersionId: uuid('case_version_id').references(() => questionVersions.id),
		/** With `size` the shape that an answer must have, so that saving one reads no more than this row. */
		kind: questionKind('kind').notNull(),
		size: smallint('size').notNull(),
		points: points('points').notNull(),
		parameters: jsonb('parameters').$type<Record<string, number>>(),
		/** Order in which options, right-hand sides or items are shown: letters of the stated order. */
		optionOrder: text('option_order').array(),
		/** What was answered (type `Answer` of the questions module, in stated letters); null while unanswered. */
		response: jsonb('response').$type<unknown>(),
		/** Counts the changes of this answer; a save that knows an older one changes nothing. */
		revision: integer('revision').notNull().default(0),
		flagged: boolean('flagged').notNull().default(false),
		savedAt: instant('saved_at'),
		/** Points given; null until marked. */
		score: points('score')
	},
	(table) => [
		primaryKey({ columns: [table.attemptId, table.slot] }),
		uniqueIndex('exam_answers_once').on(table.attemptId, table.questionId),
		index('exam_answers_question').on(table.questionId),
		check('exam_answers_small', sql`${table.kind} <> 'case'`),
		check(
			'exam_answers_score',
			sql`${table.score} is null or (0 <= ${table.score} and ${table.score} <= ${table.points})`
		)
	]
);

/** An answer that came too late or from a page that had been taken over: kept, and scored only if an examiner admits it. */
export const examLateAnswers = pgTable(
	'exam_late_answers',
	{
		id: id(),
		attemptId: uuid('attempt_id')
			.notNull()
			.references(() => examAttempts.id),
		slot: smallint('slot').notNull(),
		response: jsonb('response').$type<unknown>(),
		revision: integer('revision').notNull(),
		writer: text('writer').notNull(),
		reason: text('reason', { enum: ['late', 'superseded'] }).notNull(),
		receivedAt: instant('received_at').notNull(),
		decidedBy: uuid('decided_by').references(() => people.id),
		decidedAt: instant('decided_at'),
		admitted: boolean('admitted')
	},
	(table) => [
		uniqueIndex('exam_late_answers_once').on(table.attemptId, table.slot, table.writer, table.revision),
		check(
			'exam_late_answers_decided',
			sql`(${table.decidedAt} is null) = (${table.admitted} is null) and (${table.decidedAt} is null) = (${table.decidedBy} is null)`
		)
	]
);

/** Things that a human may want to look at; none of them has a consequence by itself. */
export const examIncidents = pgTable(
	'exam_incidents',
	{
		id: id(),
		attemptId: uuid('attempt_id')
			.notNull()
			.references(() => examAttempts.id),
		kind: text('kind', {
			enum: ['focus-lost', 'taken-over', 'unusually-fast', 'address-changed', 'resumed']
		}).notNull(),
		at: instant('at').notNull(),
		detail: jsonb('detail').$type<Record<string, string | number>>().notNull().default({})
	},
	(table) => [index('exam_incidents_attempt').on(table.attemptId, table.at)]
);
