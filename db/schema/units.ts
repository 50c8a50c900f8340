import { sql } from 'drizzle-orm';
import {
	type AnyPgColumn,
	check,
	date,
	index,
	integer,
	pgEnum,
	pgTable,
	text,
	uniqueIndex,
	uuid
} from 'drizzle-orm/pg-core';
import { id, instant, ltree } from './columns.ts';
import { people } from './people.ts';

export const unitKind = pgEnum('unit_kind', ['province', 'division', 'city', 'county', 'institution']);

/** The tree of offices as it stands today; `unit_periods` holds what it was and what it will be. */
export const units = pgTable(
	'units',
	{
		id: id(),
		/** Labels from the root down, one per ancestor, ending in the unit's own. */
		path: ltree('path').notNull().unique(),
		parentId: uuid('parent_id').references((): AnyPgColumn => units.id),
		kind: unitKind('kind').notNull(),
		name: text('name').notNull(),
		/** Organisation code, by which roster files name a unit. */
		code: text('code').notNull().unique(),
		/** Official order among siblings. */
		position: integer('position').notNull().default(0),
		openedOn: date('opened_on', { mode: 'string' }).notNull(),
		closedOn: date('closed_on', { mode: 'string' }),
		mergedIntoId: uuid('merged_into_id').references((): AnyPgColumn => units.id)
	},
	(table) => [
		index('units_path_gist').using('gist', table.path),
		index('units_parent').on(table.parentId, table.position),
		uniqueIndex('units_one_root')
			.on(sql`(true)`)
			.where(sql`${table.parentId} is null`),
		check('units_name_filled', sql`btrim(${table.name}) <> ''`),
		check('units_closed_after_opened', sql`${table.closedOn} is null or ${table.closedOn} >= ${table.openedOn}`),
		check('units_merged_is_closed', sql`${table.mergedIntoId} is null or ${table.closedOn} is not null`)
	]
);

/** Name and place of a unit from a date on; periods of one unit never overlap (exclusion constraint in the migration). */
export const unitPeriods = pgTable(
	'unit_periods',
	{
		id: id(),
		unitId: uuid('unit_id')
			.notNull()
			.references(() => units.id),
		name: text('name').notNull(),
		parentId: uuid('parent_id').references(() => units.id),
		startsOn: date('starts_on', { mode: 'string' }).notNull(),
		/** First day on which the period no longer holds. */
		endsOn: date('ends_on', { mode: 'string' }),
		/** How the period ends, where a unit ends with it. */
		closing: text('closing', { enum: ['closed', 'merged'] }),
		mergedIntoId: uuid('merged_into_id').references(() => units.id)
	},
	(table) => [
		index('unit_periods_unit').on(table.unitId, table.startsOn),
		check('unit_periods_forward', sql`${table.endsOn} is null or ${table.endsOn} > ${table.startsOn}`)
	]
);

export const role = pgEnum('role', [
	'learner',
	'author',
	'examiner',
	'invigilator',
	'hr',
	'legal',
	'liaison',
	'leader',
	'auditor',
	'admin'
]);

/** A role held over a unit and everything below it, from a date on. */
export const grants = pgTable(
	'grants',
	{
		id: id(),
		personId: uuid('person_id')
			.notNull()
			.references((): AnyPgColumn => people.id),
		role: role('role').notNull(),
		unitId: uuid('unit_id')
			.notNull()
			.references(() => units.id),
		startsOn: date('starts_on', { mode: 'string' }).notNull(),
		endsOn: date('ends_on', { mode: 'string' }),
		grantedBy: uuid('granted_by').references((): AnyPgColumn => people.id),
		grantedAt: instant('granted_at').notNull(),
		revokedAt: instant('revoked_at'),
		revokedBy: uuid('revoked_by').references((): AnyPgColumn => people.id),
		/** 代理: the grant of whoever lends this one. It has an end, and is never wider or longer than that one (trigger in the migration). */
		lentByGrantId: uuid('lent_by_grant_id').references((): AnyPgColumn => grants.id)
	},
	(table) => [
		// one person holds a role over a unit once at a time (exclusion constraint in the migration)
		index('grants_person').on(table.personId),
		index('grants_unit').on(table.unitId),
		index('grants_lent')
			.on(table.lentByGrantId)
			.where(sql`${table.lentByGrantId} is not null`),
		check('grants_forward', sql`${table.endsOn} is null or ${table.endsOn} > ${table.startsOn}`),
		check('grants_lent_ends', sql`${table.lentByGrantId} is null or ${table.endsOn} is not null`),
		check('grants_not_to_oneself', sql`${table.grantedBy} is null or ${table.grantedBy} <> ${table.personId}`)
	]
);
