import { sql } from 'drizzle-orm';
import {
	type AnyPgColumn,
	check,
	index,
	integer,
	jsonb,
	pgTable,
	primaryKey,
	text,
	uniqueIndex,
	uuid
} from 'drizzle-orm/pg-core';
import { id, instant } from './columns.ts';
import { people } from './people.ts';
import { units } from './units.ts';

/** A named rule that says who belongs; what it says lives in versions, so that what came of it can name the one it came of. */
export const audiences = pgTable(
	'audiences',
	{
		id: id(),
		/** Whose rule it is; it never reaches beyond this unit and those below. */
		unitId: uuid('unit_id')
			.notNull()
			.references(() => units.id),
		name: text('name').notNull(),
		currentVersionId: uuid('current_version_id').references((): AnyPgColumn => audienceVersions.id),
		createdBy: uuid('created_by')
			.notNull()
			.references(() => people.id),
		createdAt: instant('created_at').notNull(),
		archivedAt: instant('archived_at')
	},
	(table) => [
		uniqueIndex('audiences_name')
			.on(table.unitId, table.name)
			.where(sql`${table.archivedAt} is null`),
		check('audiences_name_filled', sql`btrim(${table.name}) <> ''`)
	]
);

/** One wording of a rule: never changed, only followed by another. */
export const audienceVersions = pgTable(
	'audience_versions',
	{
		id: id(),
		audienceId: uuid('audience_id')
			.notNull()
			.references((): AnyPgColumn => audiences.id),
		number: integer('number').notNull(),
		/** A tree of all, any, not and conditions (type `AudienceRule` of schemas/audiences.ts). */
		rule: jsonb('rule').$type<unknown>().notNull(),
		createdBy: uuid('created_by')
			.notNull()
			.references(() => people.id),
		createdAt: instant('created_at').notNull()
	},
	(table) => [uniqueIndex('audience_versions_number').on(table.audienceId, table.number)]
);

/** A list of people brought in from a file, which rules can name. */
export const peopleLists = pgTable(
	'people_lists',
	{
		id: id(),
		unitId: uuid('unit_id')
			.notNull()
			.references(() => units.id),
		name: text('name').notNull(),
		createdBy: uuid('created_by')
			.notNull()
			.references(() => people.id),
		createdAt: instant('created_at').notNull()
	},
	(table) => [
		uniqueIndex('people_lists_name').on(table.unitId, table.name),
		check('people_lists_name_filled', sql`btrim(${table.name}) <> ''`)
	]
);

export const peopleListMembers = pgTable(
	'people_list_members',
	{
		listId: uuid('list_id')
			.notNull()
			.references(() => peopleLists.id, { onDelete: 'cascade' }),
		personId: uuid('person_id')
			.notNull()
			.references(() => people.id)
	},
	(table) => [
		primaryKey({ columns: [table.listId, table.personId] }),
		index('people_list_members_person').on(table.personId)
	]
);
