import { sql } from 'drizzle-orm';
import {
	type AnyPgColumn,
	check,
	index,
	numeric,
	pgEnum,
	pgTable,
	smallint,
	text,
	uniqueIndex,
	uuid
} from 'drizzle-orm/pg-core';
import { id, instant } from './columns.ts';
import { people } from './people.ts';
import { units } from './units.ts';

export const hourCategory = pgEnum('hour_category', ['required', 'elective', 'online', 'class']);

/** Ledger of training hours: one entry per source that counts, never edited, mended by a reversal and a new entry. */
export const hourEntries = pgTable(
	'hour_entries',
	{
		id: id(),
		personId: uuid('person_id')
			.notNull()
			.references(() => people.id),
		unitId: uuid('unit_id').references(() => units.id),
		/** Calendar year in the configured zone. */
		year: smallint('year').notNull(),
		category: hourCategory('category').notNull(),
		hours: numeric('hours', { precision: 6, scale: 1, mode: 'number' }).notNull(),
		source: text('source', { enum: ['course', 'event', 'external'] }).notNull(),
		sourceId: uuid('source_id').notNull(),
		/** How many times this source has been entered for the person, this one included: more than once where it was reversed. */
		number: smallint('number').notNull().default(1),
		reverses: uuid('reverses').references((): AnyPgColumn => hourEntries.id),
		at: instant('at').notNull()
	},
	(table) => [
		uniqueIndex('hour_entries_once')
			.on(table.personId, table.source, table.sourceId, table.number)
			.where(sql`${table.reverses} is null`),
		uniqueIndex('hour_entries_reversed_once').on(table.reverses),
		index('hour_entries_year').on(table.personId, table.year),
		check('hour_entries_sign', sql`(${table.reverses} is null) = (${table.hours} > 0)`)
	]
);
