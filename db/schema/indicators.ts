import { sql } from 'drizzle-orm';
import {
	type AnyPgColumn,
	boolean,
	check,
	index,
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
import { id, instant, type Localized } from './columns.ts';
import { files } from './files.ts';
import { people } from './people.ts';
import { units } from './units.ts';
import { planItems, planState } from './work-plans.ts';

const points = (name: string) => numeric(name, { precision: 6, scale: 2, mode: 'number' });

/** A band of totals: from so many points of 100 on, a unit is called so. */
export type IndicatorBand = { name: Localized; from: number };

/** 考核指标: the assessment items of a year, by which a unit looks at those right below it. Published, they no longer change (trigger). */
export const indicatorSets = pgTable(
	'indicator_sets',
	{
		id: id(),
		unitId: uuid('unit_id')
			.notNull()
			.references(() => units.id),
		year: smallint('year').notNull(),
		title: jsonb('title').$type<Localized>().notNull(),
		bands: jsonb('bands').$type<IndicatorBand[]>().notNull(),
		state: planState('state').notNull().default('draft'),
		copiedFromId: uuid('copied_from_id').references((): AnyPgColumn => indicatorSets.id),
		createdBy: uuid('created_by')
			.notNull()
			.references(() => people.id),
		createdAt: instant('created_at').notNull(),
		publishedBy: uuid('published_by').references(() => people.id),
		publishedAt: instant('published_at')
	},
	(table) => [
		uniqueIndex('indicator_sets_once').on(table.unitId, table.year),
		check(
			'indicator_sets_published',
			sql`(${table.state} = 'published') = (${table.publishedAt} is not null) and (${table.publishedAt} is null) = (${table.publishedBy} is null)`
		)
	]
);

/** One assessment item: what it is worth, and by what standard. */
export const indicators = pgTable(
	'indicators',
	{
		id: id(),
		setId: uuid('set_id')
			.notNull()
			.references(() => indicatorSets.id, { onDelete: 'cascade' }),
		position: smallint('position').notNull(),
		title: jsonb('title').$type<Localized>().notNull(),
		standard: jsonb('standard').$type<Localized>().notNull(),
		points: points('points').notNull(),
		/** The item of the work plan that it looks at. */
		planItemId: uuid('plan_item_id').references(() => planItems.id),
		/** From this one a late annual report takes points off. */
		reporting: boolean('reporting').notNull().default(false)
	},
	(table) => [
		uniqueIndex('indicators_position').on(table.setId, table.position),
		uniqueIndex('indicators_one_reporting')
			.on(table.setId)
			.where(sql`${table.reporting}`),
		check('indicators_points', sql`${table.points} > 0 and ${table.points} <= 1000`)
	]
);

/** open (the unit scores itself) → handed-in → verified: then it is frozen (trigger). */
export const sheetState = pgEnum('sheet_state', ['open', 'handed-in', 'verified']);

/** The assessment of one unit by one set. */
export const indicatorSheets = pgTable(
	'indicator_sheets',
	{
		id: id(),
		setId: uuid('set_id')
			.notNull()
			.references(() => indicatorSets.id),
		unitId: uuid('unit_id')
			.notNull()
			.references(() => units.id),
		state: sheetState('state').notNull().default('open'),
		handedInBy: uuid('handed_in_by').references(() => people.id),
		handedInAt: instant('handed_in_at'),
		verifiedBy: uuid('verified_by').references(() => people.id),
		verifiedAt: instant('verified_at')
	},
	(table) => [
		uniqueIndex('indicator_sheets_once').on(table.setId, table.unitId),
		index('indicator_sheets_unit').on(table.unitId),
		check('indicator_sheets_handed_in', sql`(${table.state} = 'open') = (${table.handedInAt} is null)`),
		check('indicator_sheets_verified', sql`(${table.state} = 'verified') = (${table.verifiedAt} is not null)`),
		check('indicator_sheets_not_own', sql`${table.verifiedBy} is null or ${table.verifiedBy} <> ${table.handedInBy}`)
	]
);

/** What a unit gives itself for one item, and what those above gave it. */
export const indicatorScores = pgTable(
	'indicator_scores',
	{
		sheetId: uuid('sheet_id')
			.notNull()
			.references(() => indicatorSheets.id),
		indicatorId: uuid('indicator_id')
			.notNull()
			.references(() => indicators.id),
		selfScore: points('self_score'),
		selfText: text('self_text').notNull().default(''),
		verifiedScore: points('verified_score'),
		/** Required where the verified score differs from the unit's own. */
		reason: text('reason').notNull().default(''),
		/** False evidence: the item scores nothing. */
		voided: boolean('voided').notNull().default(false)
	},
	(table) => [
		primaryKey({ columns: [table.sheetId, table.indicatorId] }),
		check('indicator_scores_positive', sql`${table.selfScore} >= 0 and ${table.verifiedScore} >= 0`),
		check('indicator_scores_voided', sql`not ${table.voided} or ${table.verifiedScore} = 0`),
		check(
			'indicator_scores_reason',
			sql`${table.verifiedScore} is null or (${table.verifiedScore} is not distinct from ${table.selfScore} and not ${table.voided}) or length(btrim(${table.reason})) > 0`
		)
	]
);

/** A file that proves a self-score. */
export const indicatorEvidence = pgTable(
	'indicator_evidence',
	{
		sheetId: uuid('sheet_id')
			.notNull()
			.references(() => indicatorSheets.id),
		indicatorId: uuid('indicator_id')
			.notNull()
			.references(() => indicators.id),
		fileId: uuid('file_id')
			.notNull()
			.references(() => files.id)
	},
	(table) => [primaryKey({ columns: [table.sheetId, table.fileId] })]
);
