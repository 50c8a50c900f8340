import { sql } from 'drizzle-orm';
import {
	type AnyPgColumn,
	boolean,
	check,
	date,
	index,
	pgTable,
	primaryKey,
	text,
	uniqueIndex,
	uuid
} from 'drizzle-orm/pg-core';
import { id, instant } from './columns.ts';
import { courseCompletions, courses } from './courses.ts';
import { people } from './people.ts';
import { promotions } from './promotions.ts';
import { units } from './units.ts';

/** An act of the HR office: this course, for these people and units, by this date. */
export const assignments = pgTable('assignments', {
	id: id(),
	courseId: uuid('course_id')
		.notNull()
		.references(() => courses.id),
	/** The unit on whose behalf it is assigned; who may see and change it follows from here. */
	unitId: uuid('unit_id')
		.notNull()
		.references(() => units.id),
	/** Why, in the words of the one who assigns; shown to the learner. */
	reason: text('reason').notNull(),
	dueOn: date('due_on', { mode: 'string' }).notNull(),
	createdBy: uuid('created_by')
		.notNull()
		.references(() => people.id),
	createdAt: instant('created_at').notNull(),
	withdrawnAt: instant('withdrawn_at'),
	withdrawnBy: uuid('withdrawn_by').references(() => people.id),
	withdrawnBecause: text('withdrawn_because')
});

/** Whom an assignment named: a person, or a unit with or without those below. */
export const assignmentTargets = pgTable(
	'assignment_targets',
	{
		assignmentId: uuid('assignment_id')
			.notNull()
			.references(() => assignments.id),
		position: text('position').notNull(),
		personId: uuid('person_id').references(() => people.id),
		unitId: uuid('unit_id').references(() => units.id),
		subtree: boolean('subtree').notNull().default(false)
	},
	(table) => [
		primaryKey({ columns: [table.assignmentId, table.position] }),
		check('assignment_targets_one', sql`(${table.personId} is null) <> (${table.unitId} is null)`)
	]
);

/** One person owes one course by a date. Overdue is never stored: it follows from the date. */
export const obligations = pgTable(
	'obligations',
	{
		id: id(),
		personId: uuid('person_id')
			.notNull()
			.references(() => people.id),
		courseId: uuid('course_id')
			.notNull()
			.references(() => courses.id),
		/** Where it counts: the person's unit while open, the unit of the day of completion afterwards. */
		unitId: uuid('unit_id').references(() => units.id),
		/** Why it exists: an assignment or a promotion. */
		assignmentId: uuid('assignment_id').references(() => assignments.id),
		promotionId: uuid('promotion_id').references((): AnyPgColumn => promotions.id),
		dueOn: date('due_on', { mode: 'string' }).notNull(),
		createdAt: instant('created_at').notNull(),
		/** First lesson opened or check begun after (or before) the obligation arose. */
		startedAt: instant('started_at'),
		completedAt: instant('completed_at'),
		/** The evidence that closed it. */
		completionId: uuid('completion_id').references(() => courseCompletions.id),
		withdrawnAt: instant('withdrawn_at'),
		withdrawnBecause: text('withdrawn_because')
	},
	(table) => [
		uniqueIndex('obligations_one_live')
			.on(table.personId, table.courseId)
			.where(sql`${table.completedAt} is null and ${table.withdrawnAt} is null`),
		uniqueIndex('obligations_assignment').on(table.assignmentId, table.personId),
		uniqueIndex('obligations_promotion').on(table.promotionId, table.courseId),
		index('obligations_person').on(table.personId, table.dueOn),
		index('obligations_unit').on(table.unitId, table.dueOn),
		index('obligations_open_due')
			.on(table.dueOn)
			.where(sql`${table.completedAt} is null and ${table.withdrawnAt} is null`),
		check('obligations_one_reason', sql`(${table.assignmentId} is null) <> (${table.promotionId} is null)`),
		check('obligations_evidence', sql`(${table.completedAt} is null) = (${table.completionId} is null)`),
		check('obligations_one_end', sql`${table.completedAt} is null or ${table.withdrawnAt} is null`)
	]
);
