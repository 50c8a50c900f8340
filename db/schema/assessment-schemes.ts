import { sql } from 'drizzle-orm';
import {
	type AnyPgColumn,
	boolean,
	check,
	index,
	integer,
	jsonb,
	pgEnum,
	pgTable,
	smallint,
	text,
	uniqueIndex,
	uuid
} from 'drizzle-orm/pg-core';
import { id, instant } from './columns.ts';
import { establishment, leadershipLevel, people, rank } from './people.ts';

export const schemeState = pgEnum('scheme_state', ['draft', 'adopted', 'replaced']);

/**
 * The stated rule of a year for a group of people. An adopted one is never changed (trigger): a copy takes its place.
 * Its parts are typed in src/lib/schemas/assessments.ts.
 */
export const assessmentSchemes = pgTable(
	'assessment_schemes',
	{
		id: id(),
		year: smallint('year').notNull(),
		name: text('name').notNull(),
		/** Among the schemes of a year the first whose group a person belongs to is theirs. Each that is empty narrows nothing. */
		position: smallint('position').notNull(),
		ranks: rank('ranks')
			.array()
			.notNull()
			.default(sql`'{}'`),
		levels: leadershipLevel('levels')
			.array()
			.notNull()
			.default(sql`'{}'`),
		establishments: establishment('establishments')
			.array()
			.notNull()
			.default(sql`'{}'`),
		/** Only people with a leading post, only those without, or both (null). */
		leading: boolean('leading'),
		components: jsonb('components').$type<unknown>().notNull(),
		minimums: jsonb('minimums').$type<unknown>().notNull(),
		vetoes: jsonb('vetoes').$type<unknown>().notNull(),
		bands: jsonb('bands').$type<unknown>().notNull(),
		/** Decimals of the total, rounded half up, once. */
		decimals: smallint('decimals').notNull(),
		/** The document on which the scheme as a whole rests. */
		basis: text('basis').notNull(),
		state: schemeState('state').notNull().default('draft'),
		version: integer('version').notNull().default(1),
		/** The adopted scheme whose place it takes. */
		followsId: uuid('follows_id').references((): AnyPgColumn => assessmentSchemes.id),
		createdBy: uuid('created_by').references(() => people.id),
		createdAt: instant('created_at').notNull(),
		adoptedBy: uuid('adopted_by').references(() => people.id),
		adoptedAt: instant('adopted_at')
	},
	(table) => [
		index('assessment_schemes_year').on(table.year, table.position),
		uniqueIndex('assessment_schemes_order')
			.on(table.year, table.position)
			.where(sql`${table.state} = 'adopted'`),
		check('assessment_schemes_name', sql`btrim(${table.name}) <> '' and btrim(${table.basis}) <> ''`),
		check('assessment_schemes_decimals', sql`${table.decimals} between 0 and 2`),
		check('assessment_schemes_adopted', sql`(${table.state} = 'draft') = (${table.adoptedAt} is null)`)
	]
);
