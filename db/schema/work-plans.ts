import { sql } from 'drizzle-orm';
import {
	type AnyPgColumn,
	check,
	date,
	index,
	jsonb,
	numeric,
	pgEnum,
	pgTable,
	smallint,
	uniqueIndex,
	text,
	uuid
} from 'drizzle-orm/pg-core';
import { id, instant, type Localized } from './columns.ts';
import { people } from './people.ts';
import { units } from './units.ts';

/** A plan is written, then published; see the triggers in the migration for what no longer changes. */
export const planState = pgEnum('plan_state', ['draft', 'published']);

/** 依法行政工作计划: what a unit and those below it are to do in a year, or in several. */
export const workPlans = pgTable(
	'work_plans',
	{
		id: id(),
		/** Whose plan it is; it holds for the unit and everything below it. */
		unitId: uuid('unit_id')
			.notNull()
			.references(() => units.id),
		title: jsonb('title').$type<Localized>().notNull(),
		/** The document on which it rests. */
		basis: text('basis').notNull().default(''),
		fromYear: smallint('from_year').notNull(),
		toYear: smallint('to_year').notNull(),
		state: planState('state').notNull().default('draft'),
		copiedFromId: uuid('copied_from_id').references((): AnyPgColumn => workPlans.id),
		createdBy: uuid('created_by')
			.notNull()
			.references(() => people.id),
		createdAt: instant('created_at').notNull(),
		publishedBy: uuid('published_by').references(() => people.id),
		publishedAt: instant('published_at')
	},
	(table) => [
		index('work_plans_unit').on(table.unitId, table.fromYear),
		check('work_plans_years', sql`${table.fromYear} <= ${table.toYear} and ${table.toYear} < ${table.fromYear} + 6`),
		check(
			'work_plans_published',
			sql`(${table.state} = 'published') = (${table.publishedAt} is not null) and (${table.publishedAt} is null) = (${table.publishedBy} is null)`
		)
	]
);

/** One thing that a plan asks for, or a heading over several. */
export const planItems = pgTable(
	'plan_items',
	{
		id: id(),
		planId: uuid('plan_id')
			.notNull()
			.references(() => workPlans.id, { onDelete: 'cascade' }),
		parentId: uuid('parent_id').references((): AnyPgColumn => planItems.id),
		position: smallint('position').notNull(),
		/** The same for the copies of an item in the plans of other years: by it years are compared. */
		lineage: uuid('lineage').notNull(),
		title: jsonb('title').$type<Localized>().notNull(),
		/** What is asked. A heading asks nothing and is worth nothing itself. */
		asks: jsonb('asks').$type<Localized>(),
		/** Standard of proof: what has to be shown. */
		standard: jsonb('standard').$type<Localized>(),
		points: numeric('points', { precision: 6, scale: 2, mode: 'number' }),
		dueOn: date('due_on', { mode: 'string' })
	},
	(table) => [
		uniqueIndex('plan_items_position').on(table.planId, table.parentId, table.position),
		uniqueIndex('plan_items_lineage').on(table.planId, table.lineage),
		check(
			'plan_items_asks',
			sql`${table.asks} is not null or num_nonnulls(${table.standard}, ${table.points}, ${table.dueOn}) = 0`
		),
		check('plan_items_points', sql`${table.points} is null or (${table.points} >= 0 and ${table.points} <= 1000)`),
		check('plan_items_not_own_parent', sql`${table.parentId} is null or ${table.parentId} <> ${table.id}`)
	]
);

/** Who leads an item and who assists: by the name that the plan uses, and the unit that it means where there is one. */
export const planItemUnits = pgTable(
	'plan_item_units',
	{
		itemId: uuid('item_id')
			.notNull()
			.references(() => planItems.id, { onDelete: 'cascade' }),
		position: smallint('position').notNull(),
		part: text('part', { enum: ['lead', 'assist'] }).notNull(),
		name: text('name').notNull(),
		unitId: uuid('unit_id').references(() => units.id)
	},
	(table) => [
		uniqueIndex('plan_item_units_position').on(table.itemId, table.part, table.position),
		index('plan_item_units_unit').on(table.unitId),
		check('plan_item_units_name', sql`btrim(${table.name}) <> ''`)
	]
);
