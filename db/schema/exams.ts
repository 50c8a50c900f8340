import { sql } from 'drizzle-orm';
import {
	type AnyPgColumn,
	boolean,
	check,
	index,
	integer,
	pgEnum,
	pgTable,
	smallint,
	text,
	uniqueIndex,
	uuid
} from 'drizzle-orm/pg-core';
import { id, instant, points, score } from './columns.ts';
import { people } from './people.ts';
import { units } from './units.ts';

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
		passMark: score('pass_mark').notNull().default(60),
		excellentMark: score('excellent_mark').notNull().default(90),
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
