import { sql } from 'drizzle-orm';
import {
	type AnyPgColumn,
	check,
	index,
	jsonb,
	numeric,
	pgEnum,
	pgTable,
	smallint,
	text,
	uniqueIndex,
	uuid
} from 'drizzle-orm/pg-core';
import { id, instant, type Localized, round } from './columns.ts';
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
		/** Of a course: the round in which it was completed, each worth its hours once. */
		round: round(),
		reverses: uuid('reverses').references((): AnyPgColumn => hourEntries.id),
		at: instant('at').notNull(),
		/** Why hours were taken back, or given back after that. */
		because: text('because'),
		/** Whoever took them back, or gave them back, in the ledger itself: their source has no say in them any more. */
		decidedBy: uuid('decided_by').references(() => people.id)
	},
	(table) => [
		uniqueIndex('hour_entries_once')
			.on(table.personId, table.source, table.sourceId, table.round, table.number)
			.where(sql`${table.reverses} is null`),
		uniqueIndex('hour_entries_reversed_once').on(table.reverses),
		index('hour_entries_year').on(table.personId, table.year),
		check('hour_entries_sign', sql`(${table.reverses} is null) = (${table.hours} > 0)`),
		check('hour_entries_decided', sql`${table.decidedBy} is null or length(btrim(${table.because})) > 0`)
	]
);

/**
 * How many hours somebody is to collect, at least, in a year or in several. A target is never changed for years past: another
 * takes its place from a year on.
 */
export const hourTargets = pgTable(
	'hour_targets',
	{
		id: id(),
		name: jsonb('name').$type<Localized>().notNull(),
		/** Who: by 层次 (the higher one of post and rank), by 编制, by a word in the title of the post or the name of the unit. Each that is empty narrows nothing. */
		grades: text('grades').array().notNull().default([]),
		establishments: text('establishments').array().notNull().default([]),
		words: text('words').array().notNull().default([]),
		/** Calendar years of one period; periods follow one another from the first year on. */
		years: smallint('years').notNull(),
		hours: numeric('hours', { precision: 6, scale: 1, mode: 'number' }).notNull(),
		/** Where it is set, only hours of this category count towards the target. */
		category: hourCategory('category'),
		validFrom: smallint('valid_from').notNull(),
		/** The last year in which it holds; the year before the first where it never came to hold. */
		validUntil: smallint('valid_until'),
		/** The document on which it rests. */
		basis: text('basis').notNull(),
		/** The target whose place this one took. */
		follows: uuid('follows').references((): AnyPgColumn => hourTargets.id),
		createdBy: uuid('created_by').references(() => people.id),
		createdAt: instant('created_at').notNull()
	},
	(table) => [
		uniqueIndex('hour_targets_follows').on(table.follows),
		check('hour_targets_years', sql`${table.years} between 1 and 5`),
		check('hour_targets_hours', sql`${table.hours} > 0`),
		check('hour_targets_forward', sql`${table.validUntil} is null or ${table.validUntil} >= ${table.validFrom} - 1`),
		check('hour_targets_basis', sql`btrim(${table.basis}) <> ''`)
	]
);
