import { sql } from 'drizzle-orm';
import { check, index, integer, jsonb, pgEnum, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { id, instant } from './columns.ts';
import { people } from './people.ts';
import { units } from './units.ts';

export const bulkActState = pgEnum('bulk_act_state', ['previewed', 'running', 'done', 'undoing', 'undone']);
export const bulkRowState = pgEnum('bulk_row_state', ['waiting', 'done', 'refused', 'undone']);

/** One act on everybody whom a list showed: decided once, done a batch at a time, also across a restart. */
export const bulkActs = pgTable(
	'bulk_acts',
	{
		id: id(),
		/** What is done (`bulkKinds` of schemas/bulk.ts), on which list, narrowed to what: the address of the list as it was. */
		kind: text('kind').notNull(),
		list: text('list').notNull(),
		filter: text('filter').notNull(),
		/** What was filled in; the fields follow from the kind. */
		values: jsonb('values').$type<Record<string, unknown>>().notNull(),
		/** Where it belongs: the highest unit over which its author may do this. */
		unitId: uuid('unit_id')
			.notNull()
			.references(() => units.id),
		state: bulkActState('state').notNull().default('previewed'),
		createdBy: uuid('created_by')
			.notNull()
			.references(() => people.id),
		createdAt: instant('created_at').notNull(),
		startedAt: instant('started_at'),
		finishedAt: instant('finished_at'),
		undoneBy: uuid('undone_by').references(() => people.id),
		undoneAt: instant('undone_at'),
		undoneBecause: text('undone_because')
	},
	(table) => [
		index('bulk_acts_unit').on(table.unitId, table.createdAt),
		index('bulk_acts_author').on(table.createdBy, table.createdAt),
		index('bulk_acts_going')
			.on(table.createdAt)
			.where(sql`${table.state} in ('running', 'undoing')`),
		check('bulk_acts_started', sql`(${table.state} = 'previewed') = (${table.startedAt} is null)`),
		check('bulk_acts_finished', sql`(${table.state} in ('previewed', 'running')) = (${table.finishedAt} is null)`),
		check(
			'bulk_acts_undone',
			sql`num_nonnulls(${table.undoneBy}, ${table.undoneAt}, ${table.undoneBecause}) = case when ${table.state} in ('undoing', 'undone') then 3 else 0 end`
		)
	]
);

/** One of those whom an act concerns, as they were chosen. */
export const bulkActRows = pgTable(
	'bulk_act_rows',
	{
		actId: uuid('act_id')
			.notNull()
			.references(() => bulkActs.id, { onDelete: 'cascade' }),
		position: integer('position').notNull(),
		/** The person, or the duty, case or report of theirs. */
		targetId: uuid('target_id').notNull(),
		personId: uuid('person_id')
			.notNull()
			.references(() => people.id),
		state: bulkRowState('state').notNull().default('waiting'),
		/** Why it was refused, or could not be undone: the code of an error. */
		error: text('error'),
		/** What the act made of it, to undo it by. */
		made: jsonb('made').$type<unknown>()
	},
	(table) => [
		primaryKey({ columns: [table.actId, table.position] }),
		index('bulk_act_rows_state').on(table.actId, table.state, table.position),
		check('bulk_act_rows_refused', sql`${table.state} <> 'refused' or ${table.error} is not null`)
	]
);
