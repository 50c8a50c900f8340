import { sql } from 'drizzle-orm';
import {
	boolean,
	check,
	doublePrecision,
	index,
	integer,
	jsonb,
	pgTable,
	primaryKey,
	smallint,
	text,
	uniqueIndex,
	uuid
} from 'drizzle-orm/pg-core';
import { id, instant } from './columns.ts';
import { people } from './people.ts';
import { questionKind } from './question-kinds.ts';
import { questions, questionVersions } from './questions.ts';

/** Every answer that a person gave outside of a running exam and whose solution the person may see. */
export const practiceAnswers = pgTable(
	'practice_answers',
	{
		id: id(),
		personId: uuid('person_id')
			.notNull()
			.references(() => people.id),
		questionId: uuid('question_id')
			.notNull()
			.references(() => questions.id),
		questionVersionId: uuid('question_version_id')
			.notNull()
			.references(() => questionVersions.id),
		/** Where it was given: a mastery check, practice, or an exam that has been released. */
		source: text('source', { enum: ['check', 'practice', 'exam'] }).notNull(),
		parameters: jsonb('parameters').$type<Record<string, number>>(),
		response: jsonb('response').$type<unknown>(),
		correct: boolean('correct').notNull(),
		at: instant('at').notNull()
	},
	(table) => [
		index('practice_answers_person').on(table.personId, table.at),
		index('practice_answers_question').on(table.personId, table.questionId, table.at)
	]
);

/** Spaced review of one question by one person: the state of an FSRS card (ts-fsrs). */
export const practiceCards = pgTable(
	'practice_cards',
	{
		personId: uuid('person_id')
			.notNull()
			.references(() => people.id),
		questionId: uuid('question_id')
			.notNull()
			.references(() => questions.id),
		dueAt: instant('due_at').notNull(),
		stability: doublePrecision('stability').notNull(),
		difficulty: doublePrecision('difficulty').notNull(),
		elapsedDays: integer('elapsed_days').notNull(),
		scheduledDays: integer('scheduled_days').notNull(),
		learningSteps: smallint('learning_steps').notNull(),
		repetitions: integer('repetitions').notNull(),
		lapses: integer('lapses').notNull(),
		/** 0 new, 1 learning, 2 review, 3 relearning. */
		state: smallint('state').notNull(),
		lastReviewAt: instant('last_review_at'),
		/** Taken out of the wrong-question book by its owner; a wrong answer brings it back. */
		dismissedAt: instant('dismissed_at')
	},
	(table) => [
		primaryKey({ columns: [table.personId, table.questionId] }),
		index('practice_cards_due').on(table.personId, table.dueAt),
		check('practice_cards_state', sql`${table.state} between 0 and 3`)
	]
);

/** A few questions that a person chose to practise, one after the other. */
export const practiceRounds = pgTable(
	'practice_rounds',
	{
		id: id(),
		personId: uuid('person_id')
			.notNull()
			.references(() => people.id),
		/** What it is drawn from, such as `due` or `chapter/labour-contract/3`. */
		about: text('about').notNull(),
		openedAt: instant('opened_at').notNull()
	},
	(table) => [index('practice_rounds_person').on(table.personId, table.openedAt)]
);

/** A question as drawn for one round: its version, its parameters and order are pinned. */
export const practiceRoundQuestions = pgTable(
	'practice_round_questions',
	{
		roundId: uuid('round_id')
			.notNull()
			.references(() => practiceRounds.id, { onDelete: 'cascade' }),
		position: smallint('position').notNull(),
		questionId: uuid('question_id')
			.notNull()
			.references(() => questions.id),
		questionVersionId: uuid('question_version_id')
			.notNull()
			.references(() => questionVersions.id),
		/** The situation that it belongs to, as it was worded. */
		caseVersionId: uuid('case_version_id').references(() => questionVersions.id),
		kind: questionKind('kind').notNull(),
		size: smallint('size').notNull(),
		parameters: jsonb('parameters').$type<Record<string, number>>(),
		/** Order in which the options are shown: letters of the stated order. */
		optionOrder: text('option_order').array(),
		/** What was answered (type `Answer` of the questions module, in stated letters); null for “I do not know”. */
		response: jsonb('response').$type<unknown>(),
		answeredAt: instant('answered_at'),
		correct: boolean('correct')
	},
	(table) => [
		primaryKey({ columns: [table.roundId, table.position] }),
		uniqueIndex('practice_round_questions_once').on(table.roundId, table.questionId),
		check('practice_round_questions_small', sql`${table.kind} <> 'case'`),
		check('practice_round_questions_marked', sql`(${table.answeredAt} is null) = (${table.correct} is null)`),
		check('practice_round_questions_answered', sql`${table.response} is null or ${table.answeredAt} is not null`)
	]
);
