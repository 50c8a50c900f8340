import { sql } from 'drizzle-orm';
import {
	check,
	date,
	index,
	integer,
	pgEnum,
	pgTable,
	primaryKey,
	smallint,
	text,
	uniqueIndex,
	uuid
} from 'drizzle-orm/pg-core';
import { bytea, id, instant, ltree, score } from './columns.ts';
import { people } from './people.ts';
import { units } from './units.ts';

/** The mark of a unit for a year, which may count for its people. The newest entry holds. */
export const assessmentUnitMarks = pgTable(
	'assessment_unit_marks',
	{
		id: id(),
		year: smallint('year').notNull(),
		unitId: uuid('unit_id')
			.notNull()
			.references(() => units.id),
		mark: score('mark').notNull(),
		/** Document or reason. */
		basis: text('basis').notNull(),
		enteredBy: uuid('entered_by')
			.notNull()
			.references(() => people.id),
		enteredAt: instant('entered_at').notNull()
	},
	(table) => [
		index('assessment_unit_marks_unit').on(table.year, table.unitId, table.enteredAt),
		check('assessment_unit_marks_range', sql`${table.mark} between 0 and 100 and btrim(${table.basis}) <> ''`)
	]
);

/** open → drafted → unit-review → hr-review → published → signed → closed. `drafting` while the rule is being applied. */
export const cycleState = pgEnum('cycle_state', [
	'open',
	'drafting',
	'drafted',
	'unit-review',
	'hr-review',
	'published',
	'signed',
	'closed'
]);

/** One round of annual assessment of one year over a unit and everything below it. */
export const assessmentCycles = pgTable(
	'assessment_cycles',
	{
		id: id(),
		year: smallint('year').notNull(),
		unitId: uuid('unit_id')
			.notNull()
			.references(() => units.id),
		/** The unit's place when it was opened: cycles of a year never overlap (trigger). */
		path: ltree('path').notNull(),
		state: cycleState('state').notNull().default('open'),
		/** What is known up to the end of this day counts. */
		until: date('until', { mode: 'string' }).notNull(),
		/** Units so many levels below the root review their people; 0: the root itself. */
		reviewDepth: smallint('review_depth').notNull().default(1),
		/** By when units are to have reviewed, and how many days people have to object. */
		reviewsDueOn: date('reviews_due_on', { mode: 'string' }).notNull(),
		objectionDays: smallint('objection_days').notNull().default(5),
		/** Last day for objections, once published. */
		objectionsUntil: date('objections_until', { mode: 'string' }),
		/** People looked at so far, and in all; results made. */
		done: integer('done').notNull().default(0),
		total: integer('total').notNull().default(0),
		results: integer('results').notNull().default(0),
		/** The drafting that is under way: one that another has overtaken stops. */
		run: uuid('run'),
		openedBy: uuid('opened_by').references(() => people.id),
		openedAt: instant('opened_at').notNull(),
		draftedAt: instant('drafted_at'),
		reviewingAt: instant('reviewing_at'),
		reviewedAt: instant('reviewed_at'),
		publishedAt: instant('published_at'),
		publishedBy: uuid('published_by').references(() => people.id),
		signedAt: instant('signed_at'),
		signedBy: uuid('signed_by').references(() => people.id),
		closedAt: instant('closed_at'),
		/** SHA-256 over the digests of its units, in their order. */
		digest: bytea('digest')
	},
	(table) => [
		uniqueIndex('assessment_cycles_unit').on(table.year, table.unitId),
		check(
			'assessment_cycles_days',
			sql`${table.objectionDays} between 1 and 60 and ${table.reviewDepth} between 0 and 5`
		),
		check(
			'assessment_cycles_published',
			sql`(${table.state} in ('published', 'signed', 'closed')) = (${table.publishedAt} is not null and ${table.objectionsUntil} is not null)`
		),
		check('assessment_cycles_signed', sql`(${table.state} in ('signed', 'closed')) = (${table.signedAt} is not null)`),
		check(
			'assessment_cycles_closed',
			sql`(${table.state} = 'closed') = (${table.closedAt} is not null and ${table.digest} is not null)`
		)
	]
);

/** A unit in a cycle as it stood when the cycle was drafted, with the figures of its own people once closed. */
export const assessmentUnits = pgTable(
	'assessment_units',
	{
		cycleId: uuid('cycle_id')
			.notNull()
			.references(() => assessmentCycles.id),
		unitId: uuid('unit_id')
			.notNull()
			.references(() => units.id),
		/** Official order, depth first: a unit with everything below it is one span of places. */
		position: integer('position').notNull(),
		depth: smallint('depth').notNull(),
		path: ltree('path').notNull(),
		name: text('name').notNull(),
		/** The unit that reviews its people. */
		reviewUnitId: uuid('review_unit_id')
			.notNull()
			.references(() => units.id),
		/** Places of the results of its own people, and of those below: from `first` on, `own` and `people` many. */
		first: integer('first').notNull().default(1),
		own: integer('own').notNull().default(0),
		people: integer('people').notNull().default(0),
		/** Of its own people, once closed. */
		excellent: integer('excellent'),
		good: integer('good'),
		qualified: integer('qualified'),
		notQualified: integer('not_qualified'),
		digest: bytea('digest')
	},
	(table) => [
		primaryKey({ columns: [table.cycleId, table.unitId] }),
		uniqueIndex('assessment_units_position').on(table.cycleId, table.position)
	]
);

/** The review of a unit: open until it is handed in, and again when HR gives it back. */
export const assessmentReviews = pgTable(
	'assessment_reviews',
	{
		cycleId: uuid('cycle_id')
			.notNull()
			.references(() => assessmentCycles.id),
		unitId: uuid('unit_id')
			.notNull()
			.references(() => units.id),
		submittedBy: uuid('submitted_by').references(() => people.id),
		submittedAt: instant('submitted_at'),
		/** Remark of HR, where it was given back. */
		returnedBecause: text('returned_because'),
		remindedAt: instant('reminded_at')
	},
	(table) => [
		primaryKey({ columns: [table.cycleId, table.unitId] }),
		check('assessment_reviews_submitted', sql`(${table.submittedAt} is null) = (${table.submittedBy} is null)`)
	]
);
