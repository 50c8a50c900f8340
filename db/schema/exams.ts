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
import { id, instant } from './columns.ts';
import { leadershipLevel, people, rank } from './people.ts';
import { questionKind } from './question-kinds.ts';
import { questions, questionVersions } from './questions.ts';
import { units } from './units.ts';

/** Points, and shares of them, with two decimals. */
const points = (name: string) => numeric(name, { precision: 7, scale: 2, mode: 'number' });

/** An exam is set up, published (papers made, candidates told), its results released; or called off. */
export const examState = pgEnum('exam_state', ['draft', 'published', 'released', 'cancelled']);
/** A mock exam is practice by the same blueprint: anybody named may sit it as often as they like, and it counts nowhere. */
export const examKind = pgEnum('exam_kind', ['exam', 'make-up', 'mock']);
/** What it is held for: rules ask for any exam of a purpose. 任职前 and 任职后 are those of newly promoted leaders. */
export const examPurpose = pgEnum('exam_purpose', [
	'general',
	'annual',
	'pre-appointment',
	'post-appointment',
	'class-end'
]);
/** Which of several attempts counts. */
export const countingAttempt = pgEnum('counting_attempt', ['best', 'last', 'first', 'average']);
/** How much of a marked paper its owner may see. */
export const examReview = pgEnum('exam_review', ['nothing', 'score', 'answers', 'explanations']);
/** How a multiple-choice answer that is neither right nor empty is scored. */
export const multipleScoring = pgEnum('multiple_scoring', ['all-or-nothing', 'half-if-incomplete', 'per-option']);
export const examLayout = pgEnum('exam_layout', ['one-question', 'one-page']);

/** An exam as it was announced. Changes after publication are decisions of their own, with a reason. */
export const exams = pgTable(
	'exams',
	{
		id: id(),
		/** On whose behalf it is held; who may see and change it follows from here. */
		unitId: uuid('unit_id')
			.notNull()
			.references(() => units.id),
		kind: examKind('kind').notNull().default('exam'),
		purpose: examPurpose('purpose').notNull().default('general'),
		/** The exam that this one makes up for. */
		makeUpOfId: uuid('make_up_of_id').references((): AnyPgColumn => exams.id),
		title: text('title').notNull(),
		instructions: text('instructions').notNull().default(''),
		state: examState('state').notNull().default('draft'),
		opensAt: instant('opens_at').notNull(),
		closesAt: instant('closes_at').notNull(),
		minutes: smallint('minutes').notNull(),
		/** Nobody enters later than this many minutes after the opening; null: until it closes. */
		entryMinutes: smallint('entry_minutes'),
		attempts: smallint('attempts').notNull().default(1),
		counting: countingAttempt('counting').notNull().default('best'),
		waitMinutes: smallint('wait_minutes').notNull().default(0),
		/** In percent of a paper's points. */
		passMark: numeric('pass_mark', { precision: 5, scale: 2, mode: 'number' }).notNull().default(60),
		excellentMark: numeric('excellent_mark', { precision: 5, scale: 2, mode: 'number' }).notNull().default(90),
		closedBook: boolean('closed_book').notNull().default(true),
		shuffleQuestions: boolean('shuffle_questions').notNull().default(true),
		shuffleOptions: boolean('shuffle_options').notNull().default(true),
		layout: examLayout('layout').notNull().default('one-page'),
		multipleScoring: multipleScoring('multiple_scoring').notNull().default('all-or-nothing'),
		/**
		 * What may be seen right after each paper, once its owner sits no more, and once nobody does. What needs a person to mark it
		 * is shown when that is done.
		 */
		reviewNow: examReview('review_now').notNull().default('nothing'),
		reviewAfterAttempt: examReview('review_after_attempt').notNull().default('nothing'),
		reviewAfterClose: examReview('review_after_close').notNull().default('score'),
		accessCode: text('access_code'),
		/** CIDR ranges from which it may be sat; none: from anywhere. */
		addressRanges: text('address_ranges')
			.array()
			.notNull()
			.default(sql`'{}'`),
		oneDevice: boolean('one_device').notNull().default(true),
		/** Sat in a room, with seats and an invigilator who opens it by a code of the day. */
		onSite: boolean('on_site').notNull().default(false),
		/** Essays: everything is marked by two when on; a difference above this many points goes to a third. */
		secondMarkerShare: smallint('second_marker_share').notNull().default(0),
		markerDifference: points('marker_difference').notNull().default(3),
		version: integer('version').notNull().default(1),
		createdBy: uuid('created_by')
			.notNull()
			.references(() => people.id),
		createdAt: instant('created_at').notNull(),
		publishedAt: instant('published_at'),
		releasedAt: instant('released_at'),
		cancelledAt: instant('cancelled_at'),
		cancelledBecause: text('cancelled_because')
	},
	(table) => [
		index('exams_unit').on(table.unitId, table.opensAt),
		index('exams_closing')
			.on(table.closesAt)
			.where(sql`${table.state} = 'published'`),
		check('exams_title', sql`btrim(${table.title}) <> ''`),
		check('exams_window', sql`${table.opensAt} < ${table.closesAt}`),
		check('exams_minutes', sql`${table.minutes} between 1 and 600`),
		check('exams_entry', sql`${table.entryMinutes} is null or ${table.entryMinutes} > 0`),
		check('exams_attempts', sql`${table.attempts} between 1 and 20 and ${table.waitMinutes} >= 0`),
		check(
			'exams_marks',
			sql`0 < ${table.passMark} and ${table.passMark} <= ${table.excellentMark} and ${table.excellentMark} <= 100`
		),
		check('exams_make_up', sql`(${table.kind} = 'make-up') = (${table.makeUpOfId} is not null)`),
		check('exams_markers', sql`${table.secondMarkerShare} between 0 and 100 and ${table.markerDifference} >= 0`),
		check('exams_published', sql`${table.state} in ('draft', 'cancelled') or ${table.publishedAt} is not null`),
		check('exams_released', sql`(${table.state} = 'released') = (${table.releasedAt} is not null)`),
		check(
			'exams_cancelled',
			sql`(${table.state} = 'cancelled') = (${table.cancelledAt} is not null) and (${table.cancelledAt} is null or length(btrim(${table.cancelledBecause})) > 0)`
		)
	]
);

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

/** Whom an exam names: a person, or everybody of a unit (with or without those below), narrowed to ranks and levels. */
export const examTargets = pgTable(
	'exam_targets',
	{
		examId: uuid('exam_id')
			.notNull()
			.references(() => exams.id, { onDelete: 'cascade' }),
		position: smallint('position').notNull(),
		personId: uuid('person_id').references(() => people.id),
		unitId: uuid('unit_id').references(() => units.id),
		subtree: boolean('subtree').notNull().default(true),
		ranks: rank('ranks')
			.array()
			.notNull()
			.default(sql`'{}'`),
		levels: leadershipLevel('levels')
			.array()
			.notNull()
			.default(sql`'{}'`)
	},
	(table) => [
		primaryKey({ columns: [table.examId, table.position] }),
		check('exam_targets_one', sql`(${table.personId} is null) <> (${table.unitId} is null)`)
	]
);

/** A window of its own for some units, inside that of the exam (错峰). */
export const examWindows = pgTable(
	'exam_windows',
	{
		id: id(),
		examId: uuid('exam_id')
			.notNull()
			.references(() => exams.id, { onDelete: 'cascade' }),
		unitId: uuid('unit_id')
			.notNull()
			.references(() => units.id),
		opensAt: instant('opens_at').notNull(),
		closesAt: instant('closes_at').notNull()
	},
	(table) => [
		uniqueIndex('exam_windows_unit').on(table.examId, table.unitId),
		check('exam_windows_forward', sql`${table.opensAt} < ${table.closesAt}`)
	]
);

/** 应考 due to sit, or 免考 exempt. */
export const candidateStatus = pgEnum('candidate_status', ['due', 'exempt']);
/** What became of somebody who was due to sit, once that is known. */
export const examOutcome = pgEnum('exam_outcome', ['passed', 'failed', 'absent']);

/** A person in an exam, with unit and rank of the day on which the list was made. */
export const examCandidates = pgTable(
	'exam_candidates',
	{
		examId: uuid('exam_id')
			.notNull()
			.references(() => exams.id),
		personId: uuid('person_id')
			.notNull()
			.references(() => people.id),
		unitId: uuid('unit_id').references(() => units.id),
		rank: rank('rank'),
		leadershipLevel: leadershipLevel('leadership_level'),
		paperId: uuid('paper_id')
			.notNull()
			.references(() => examPapers.id),
		status: candidateStatus('status').notNull().default('due'),
		/** Seen by the person and by those who decide; lists, exports and prints say 免考. */
		exemptBecause: text('exempt_because'),
		/** The person's own window, after staggering. */
		opensAt: instant('opens_at').notNull(),
		closesAt: instant('closes_at').notNull(),
		extraMinutes: smallint('extra_minutes').notNull().default(0),
		/** Minutes of pause that the person may take. */
		pauseMinutes: smallint('pause_minutes').notNull().default(0),
		accommodatedBecause: text('accommodated_because'),
		seat: text('seat'),
		/** Set by marking: of the attempt that counts, or the mean of all. */
		score: points('score'),
		outcome: examOutcome('outcome'),
		excellent: boolean('excellent').notNull().default(false)
	},
	(table) => [
		primaryKey({ columns: [table.examId, table.personId] }),
		index('exam_candidates_person').on(table.personId, table.opensAt),
		index('exam_candidates_unit').on(table.examId, table.unitId),
		check('exam_candidates_exempt', sql`(${table.status} = 'exempt') = (length(btrim(${table.exemptBecause})) > 0)`),
		check('exam_candidates_window', sql`${table.opensAt} < ${table.closesAt}`),
		check(
			'exam_candidates_accommodated',
			sql`${table.extraMinutes} >= 0 and ${table.pauseMinutes} >= 0 and ((${table.extraMinutes} = 0 and ${table.pauseMinutes} = 0) or length(btrim(${table.accommodatedBecause})) > 0)`
		),
		check('exam_candidates_outcome', sql`${table.outcome} is null or ${table.status} = 'due'`),
		check('exam_candidates_excellent', sql`not ${table.excellent} or ${table.outcome} = 'passed'`)
	]
);

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
