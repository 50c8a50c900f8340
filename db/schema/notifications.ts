import { sql } from 'drizzle-orm';
import { boolean, check, date, index, jsonb, pgTable, text, time, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
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

/** How somebody wants to be reminded, where it differs from what holds for everybody. */
export const reminderSettings = pgTable(
	'reminder_settings',
	{
		personId: uuid('person_id')
			.primaryKey()
			.references(() => people.id),
		mail: boolean('mail').notNull(),
		/** Clock times of the configured zone between which no reminder comes; the night may lie in between. */
		quietFrom: time('quiet_from').notNull(),
		quietUntil: time('quiet_until').notNull(),
		changedAt: instant('changed_at').notNull()
	},
	(table) => [check('reminder_settings_awake', sql`${table.quietFrom} <> ${table.quietUntil}`)]
);

/** What somebody was reminded of on one day, at most once a day: in the app, and by mail where they want it. */
export const digests = pgTable(
	'digests',
	{
		id: id(),
		personId: uuid('person_id')
			.notNull()
			.references(() => people.id),
		on: date('on', { mode: 'string' }).notNull(),
		madeAt: instant('made_at').notNull(),
		mailedAt: instant('mailed_at')
	},
	(table) => [uniqueIndex('digests_one_a_day').on(table.personId, table.on)]
);

/** The secret address under which somebody's calendar programme reads their own dates: only its hash is kept. */
export const calendarFeeds = pgTable('calendar_feeds', {
	personId: uuid('person_id')
		.primaryKey()
		.references(() => people.id),
	secretHash: text('secret_hash').notNull().unique(),
	createdAt: instant('created_at').notNull(),
	readAt: instant('read_at')
});
