import { sql } from 'drizzle-orm';
import {
	type AnyPgColumn,
	boolean,
	check,
	date,
	index,
	pgTable,
	smallint,
	text,
	uniqueIndex,
	uuid
} from 'drizzle-orm/pg-core';
import { id, instant } from './columns.ts';
import { courses } from './courses.ts';
import { files } from './files.ts';
import { leadershipLevel, people, posts } from './people.ts';
import { programmeRequirements, programmes } from './programmes.ts';
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
		/** The next deadline: the earliest of what is still open; once nothing is, the last one of all. */
		dueOn: date('due_on', { mode: 'string' }).notNull(),
		document: text('document'),
		createdAt: instant('created_at').notNull(),
		/** When everything had been done, or exempted from. */
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
		months: smallint('months').notNull().default(12),
		/** What it brings, in versions; null: the courses of `promotion_courses`, and nothing else. */
		programmeId: uuid('programme_id').references((): AnyPgColumn => programmes.id)
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

/** What one promotion requires, as the programme stood when it was recorded: each with its own deadline. */
export const promotionRequirements = pgTable(
	'promotion_requirements',
	{
		id: uuid('id')
			.primaryKey()
			.default(sql`gen_random_uuid()`),
		promotionId: uuid('promotion_id')
			.notNull()
			.references(() => promotions.id),
		position: smallint('position').notNull().default(1),
		/** A course; or what the requirement says: a class, an exam. */
		courseId: uuid('course_id').references(() => courses.id),
		requirementId: uuid('requirement_id').references((): AnyPgColumn => programmeRequirements.id),
		dueOn: date('due_on', { mode: 'string' }).notNull(),
		completedAt: instant('completed_at'),
		/** 免训: since when, why, by whom. Ground, reason and proof are for the person and for those who decide. */
		exemptAt: instant('exempt_at'),
		exemptGround: text('exempt_ground', { enum: ['legal-qualification', 'same-term'] }),
		exemptReason: text('exempt_reason'),
		exemptProofId: uuid('exempt_proof_id').references(() => files.id),
		exemptBy: uuid('exempt_by').references(() => people.id)
	},
	(table) => [
		uniqueIndex('promotion_requirements_course').on(table.promotionId, table.courseId),
		uniqueIndex('promotion_requirements_requirement').on(table.promotionId, table.requirementId),
		check('promotion_requirements_one', sql`num_nonnulls(${table.courseId}, ${table.requirementId}) = 1`),
		check(
			'promotion_requirements_exempt',
			sql`num_nonnulls(${table.exemptAt}, ${table.exemptGround}, ${table.exemptReason}, ${table.exemptProofId}, ${table.exemptBy}) in (0, 5)`
		)
	]
);

/** A deadline of a case that was put off: what it was, what it became, and why. */
export const promotionPostponements = pgTable(
	'promotion_postponements',
	{
		id: id(),
		itemId: uuid('item_id')
			.notNull()
			.references(() => promotionRequirements.id),
		before: date('before', { mode: 'string' }).notNull(),
		after: date('after', { mode: 'string' }).notNull(),
		reason: text('reason').notNull(),
		decidedBy: uuid('decided_by')
			.notNull()
			.references(() => people.id),
		decidedAt: instant('decided_at').notNull()
	},
	(table) => [
		index('promotion_postponements_item').on(table.itemId, table.decidedAt),
		check('promotion_postponements_later', sql`${table.after} > ${table.before}`),
		check('promotion_postponements_reason', sql`length(btrim(${table.reason})) > 0`)
	]
);
