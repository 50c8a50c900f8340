import { sql } from 'drizzle-orm';
import { index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { id, instant } from './columns.ts';
import { digests } from './notifications.ts';
import { people } from './people.ts';
import { obligations } from './programmes.ts';

/**
 * That somebody is to be reminded of a duty, their own or that of somebody in their care. It waits until their next digest.
 * `occasion` names the thing, its date and the stage, so that nobody is reminded of the same twice.
 */
export const reminders = pgTable(
	'reminders',
	{
		id: id(),
		personId: uuid('person_id')
			.notNull()
			.references(() => people.id),
		obligationId: uuid('obligation_id')
			.notNull()
			.references(() => obligations.id),
		stage: text('stage', {
			enum: ['assigned', 'before-30', 'before-7', 'before-1', 'overdue', 'liaison', 'hr']
		}).notNull(),
		occasion: text('occasion').notNull(),
		createdAt: instant('created_at').notNull(),
		/** The digest that told of it; null while it waits. */
		digestId: uuid('digest_id').references(() => digests.id)
	},
	(table) => [
		uniqueIndex('reminders_once').on(table.personId, table.occasion),
		index('reminders_digest').on(table.digestId),
		index('reminders_obligation').on(table.obligationId),
		index('reminders_waiting')
			.on(table.personId)
			.where(sql`${table.digestId} is null`)
	]
);
