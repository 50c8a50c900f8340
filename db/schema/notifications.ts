import { index, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { id, instant } from './columns.ts';
import { people } from './people.ts';

/** A message in the app. `occasion` names the thing and the reason, so that nobody is told the same thing twice. */
export const notifications = pgTable(
	'notifications',
	{
		id: id(),
		personId: uuid('person_id')
			.notNull()
			.references(() => people.id),
		kind: text('kind').notNull(),
		occasion: text('occasion').notNull(),
		href: text('href').notNull(),
		/** Values for the message text. */
		values: jsonb('values').$type<Record<string, unknown>>().notNull().default({}),
		createdAt: instant('created_at').notNull(),
		readAt: instant('read_at')
	},
	(table) => [
		uniqueIndex('notifications_once').on(table.personId, table.kind, table.occasion),
		index('notifications_newest').on(table.personId, table.createdAt)
	]
);
