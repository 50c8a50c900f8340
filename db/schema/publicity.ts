import { sql } from 'drizzle-orm';
import { check, date, index, pgTable, primaryKey, smallint, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { id, instant } from './columns.ts';
import { files } from './files.ts';
import { people } from './people.ts';
import { units } from './units.ts';
import { planState } from './work-plans.ts';

/** 学法普法计划: what a unit does in a year so that its people and the public know the law. */
export const publicityPlans = pgTable(
	'publicity_plans',
	{
		id: id(),
		unitId: uuid('unit_id')
			.notNull()
			.references(() => units.id),
		year: smallint('year').notNull(),
		title: text('title').notNull(),
		state: planState('state').notNull().default('draft'),
		createdBy: uuid('created_by')
			.notNull()
			.references(() => people.id),
		createdAt: instant('created_at').notNull(),
		publishedBy: uuid('published_by').references(() => people.id),
		publishedAt: instant('published_at')
	},
	(table) => [
		uniqueIndex('publicity_plans_once').on(table.unitId, table.year),
		index('publicity_plans_year').on(table.year),
		check('publicity_plans_title', sql`btrim(${table.title}) <> ''`),
		check(
			'publicity_plans_published',
			sql`(${table.state} = 'published') = (${table.publishedAt} is not null) and (${table.publishedAt} is null) = (${table.publishedBy} is null)`
		)
	]
);

/** One measure of a phase: what, for whom, by whom, from when to when. */
export const publicityItems = pgTable(
	'publicity_items',
	{
		id: id(),
		planId: uuid('plan_id')
			.notNull()
			.references(() => publicityPlans.id),
		phase: text('phase').notNull(),
		what: text('what').notNull(),
		forWhom: text('for_whom').notNull(),
		byWhom: text('by_whom').notNull(),
		startsOn: date('starts_on', { mode: 'string' }).notNull(),
		endsOn: date('ends_on', { mode: 'string' }).notNull(),
		/** Checked off, with what came of it. */
		doneOn: date('done_on', { mode: 'string' }),
		doneText: text('done_text').notNull().default(''),
		doneBy: uuid('done_by').references(() => people.id)
	},
	(table) => [
		index('publicity_items_plan').on(table.planId, table.startsOn),
		check('publicity_items_forward', sql`${table.startsOn} <= ${table.endsOn}`),
		check(
			'publicity_items_done',
			sql`(${table.doneOn} is null) = (${table.doneBy} is null) and (${table.doneOn} is null or length(btrim(${table.doneText})) > 0)`
		)
	]
);

/** A file that proves that a measure was carried out. */
export const publicityEvidence = pgTable(
	'publicity_evidence',
	{
		itemId: uuid('item_id')
			.notNull()
			.references(() => publicityItems.id),
		fileId: uuid('file_id')
			.notNull()
			.references(() => files.id)
	},
	(table) => [primaryKey({ columns: [table.itemId, table.fileId] })]
);

/** 督查: a plan that the level above drew from those below, or chose, to look into. */
export const inspections = pgTable(
	'inspections',
	{
		id: id(),
		planId: uuid('plan_id')
			.notNull()
			.references(() => publicityPlans.id),
		/** On whose behalf: a unit above the one inspected. */
		unitId: uuid('unit_id')
			.notNull()
			.references(() => units.id),
		/** From which the order of the draw follows, so that it can be repeated; null where the plan was chosen. */
		seed: text('seed'),
		openedBy: uuid('opened_by')
			.notNull()
			.references(() => people.id),
		openedAt: instant('opened_at').notNull()
	},
	(table) => [index('inspections_plan').on(table.planId), index('inspections_unit').on(table.unitId, table.openedAt)]
);

/** What an inspection found, and what the unit answers. Nothing of it is changed afterwards (trigger). */
export const inspectionFindings = pgTable(
	'inspection_findings',
	{
		id: id(),
		inspectionId: uuid('inspection_id')
			.notNull()
			.references(() => inspections.id),
		text: text('text').notNull(),
		answerBy: date('answer_by', { mode: 'string' }).notNull(),
		writtenBy: uuid('written_by')
			.notNull()
			.references(() => people.id),
		writtenAt: instant('written_at').notNull(),
		answer: text('answer'),
		answeredBy: uuid('answered_by').references(() => people.id),
		answeredAt: instant('answered_at')
	},
	(table) => [
		index('inspection_findings_inspection').on(table.inspectionId, table.writtenAt),
		check('inspection_findings_text', sql`length(btrim(${table.text})) > 0`),
		check(
			'inspection_findings_answer',
			sql`(${table.answer} is null) = (${table.answeredAt} is null) and (${table.answer} is null) = (${table.answeredBy} is null)`
		)
	]
);
