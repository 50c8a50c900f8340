import { sql } from 'drizzle-orm';
import { check, date, index, integer, pgEnum, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { id, instant } from './columns.ts';
import { people } from './people.ts';

/** Who looked at whose law-study record: one row for each viewer and day, shown to its owner. Never taken back (trigger). */
export const recordLooks = pgTable(
	'record_looks',
	{
		personId: uuid('person_id')
			.notNull()
			.references(() => people.id),
		viewerId: uuid('viewer_id')
			.notNull()
			.references(() => people.id),
		day: date('day', { mode: 'string' }).notNull(),
		count: integer('count').notNull().default(1),
		firstAt: instant('first_at').notNull(),
		lastAt: instant('last_at').notNull()
	},
	(table) => [
		primaryKey({ columns: [table.personId, table.day, table.viewerId] }),
		check('record_looks_of_others', sql`${table.personId} <> ${table.viewerId}`),
		check('record_looks_count', sql`${table.count} > 0 and ${table.firstAt} <= ${table.lastAt}`)
	]
);

/** What of the record somebody holds to be wrong. */
export const recordPart = pgEnum('record_part', [
	'person',
	'courses',
	'exams',
	'events',
	'external',
	'hours',
	'promotions',
	'results',
	'exemptions',
	'certificates'
]);
export const correctionState = pgEnum('correction_state', ['asked', 'accepted', 'refused', 'withdrawn']);

/** A correction of the record that its owner asks for; what was decided stays (trigger). */
export const recordCorrections = pgTable(
	'record_corrections',
	{
		id: id(),
		personId: uuid('person_id')
			.notNull()
			.references(() => people.id),
		part: recordPart('part').notNull(),
		/** What is wrong and what it should say. */
		what: text('what').notNull(),
		/** Why: what shows it. */
		why: text('why').notNull(),
		state: correctionState('state').notNull().default('asked'),
		askedAt: instant('asked_at').notNull(),
		answeredBy: uuid('answered_by').references(() => people.id),
		answeredAt: instant('answered_at'),
		because: text('because')
	},
	(table) => [
		index('record_corrections_person').on(table.personId, table.askedAt),
		index('record_corrections_asked')
			.on(table.askedAt)
			.where(sql`${table.state} = 'asked'`),
		check(
			'record_corrections_words',
			sql`length(btrim(${table.what})) between 1 and 2000 and length(btrim(${table.why})) between 1 and 2000`
		),
		check('record_corrections_open', sql`(${table.state} = 'asked') = (${table.answeredAt} is null)`),
		check(
			'record_corrections_answered',
			sql`(${table.state} in ('accepted', 'refused')) = (${table.answeredBy} is not null) and (${table.state} not in ('accepted', 'refused') or length(btrim(${table.because})) > 0)`
		),
		check('record_corrections_not_own', sql`${table.answeredBy} is null or ${table.answeredBy} <> ${table.personId}`)
	]
);
