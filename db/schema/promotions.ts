import { sql } from 'drizzle-orm';
import { boolean, check, date, index, pgTable, primaryKey, smallint, text, uuid } from 'drizzle-orm/pg-core';
import { id, instant } from './columns.ts';
import { courses } from './courses.ts';
import { leadershipLevel, people, posts } from './people.ts';
import { units } from './units.ts';

/** A promotion to a leading post; a rise in 职级 alone is none. */
export const promotions = pgTable(
	'promotions',
	{
		id: id(),
		personId: uuid('person_id')
			.notNull()
			.references(() => people.id),
		postId: uuid('post_id')
			.notNull()
			.unique()
			.references(() => posts.id),
		unitId: uuid('unit_id')
			.notNull()
			.references(() => units.id),
		fromLevel: leadershipLevel('from_level'),
		toLevel: leadershipLevel('to_level').notNull(),
		startsOn: date('starts_on', { mode: 'string' }).notNull(),
		/** Last day of the newly promoted leader's training. */
		dueOn: date('due_on', { mode: 'string' }).notNull(),
		document: text('document'),
		createdAt: instant('created_at').notNull(),
		/** When every required course had been completed. */
		completedAt: instant('completed_at'),
		cancelledAt: instant('cancelled_at'),
		cancelledBecause: text('cancelled_because')
	},
	(table) => [
		index('promotions_start').on(table.startsOn),
		index('promotions_open_due')
			.on(table.dueOn, table.id)
			.where(sql`${table.completedAt} is null and ${table.cancelledAt} is null`),
		index('promotions_person').on(table.personId),
		check('promotions_due_after_start', sql`${table.dueOn} >= ${table.startsOn}`),
		check('promotions_cancelled_because', sql`(${table.cancelledAt} is null) = (${table.cancelledBecause} is null)`),
		check('promotions_one_end', sql`${table.completedAt} is null or ${table.cancelledAt} is null`)
	]
);

/** The one rule that a promotion opens: how long the new leader has. */
export const promotionRules = pgTable(
	'promotion_rules',
	{
		/** There is one row. */
		id: boolean('id').primaryKey().default(true),
		/** Months from the start date; one year by default (公务员法 Art. 67 asks for training in office within a stated time). */
		months: smallint('months').notNull().default(12)
	},
	(table) => [
		check('promotion_rules_one', sql`${table.id}`),
		check('promotion_rules_months', sql`${table.months} between 1 and 36`)
	]
);

/** Courses of the newly promoted leaders' programme. */
export const promotionCourses = pgTable('promotion_courses', {
	courseId: uuid('course_id')
		.primaryKey()
		.references(() => courses.id)
});

/** Courses that one promotion requires, as the programme stood when it was recorded. */
export const promotionRequirements = pgTable(
	'promotion_requirements',
	{
		promotionId: uuid('promotion_id')
			.notNull()
			.references(() => promotions.id),
		courseId: uuid('course_id')
			.notNull()
			.references(() => courses.id)
	},
	(table) => [primaryKey({ columns: [table.promotionId, table.courseId] })]
);
