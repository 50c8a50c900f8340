import { sql } from 'drizzle-orm';
import { check, index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { bytea, id, instant } from './columns.ts';
import { people } from './people.ts';

/** A file that somebody brought: proof, minutes, a photo, a hand-out. Who may read it, the thing that it belongs to says. */
export const files = pgTable(
	'files',
	{
		id: id(),
		name: text('name').notNull(),
		/** Of the content, as it was found by looking into it, never as the browser said. */
		type: text('type').notNull(),
		size: integer('size').notNull(),
		hash: text('hash').notNull(),
		bytes: bytea('bytes').notNull(),
		broughtBy: uuid('brought_by')
			.notNull()
			.references(() => people.id),
		broughtAt: instant('brought_at').notNull()
	},
	(table) => [
		index('files_brought').on(table.broughtBy, table.broughtAt),
		check('files_size', sql`${table.size} between 1 and 20971520 and ${table.size} = octet_length(${table.bytes})`),
		check('files_name', sql`btrim(${table.name}) <> '' and length(${table.name}) <= 200`)
	]
);
