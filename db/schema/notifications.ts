import { sql } from 'drizzle-orm';
import {
	boolean,
	check,
	date,
	index,
	jsonb,
	pgTable,
	primaryKey,
	smallint,
	text,
	time,
	uniqueIndex,
	uuid
} from 'drizzle-orm/pg-core';
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
		readAt: instant('read_at'),
		/** Whether it has yet to be put into a digest, which takes it along by mail. */
		waits: boolean('waits').notNull().default(false),
		/** The digest that takes it along. */
		digestId: uuid('digest_id').references(() => digests.id)
	},
	(table) => [
		uniqueIndex('notifications_once').on(table.personId, table.kind, table.occasion),
		index('notifications_newest').on(table.personId, table.createdAt),
		index('notifications_waiting')
			.on(table.personId)
			.where(sql`${table.waits}`),
		index('notifications_digest')
			.on(table.digestId)
			.where(sql`${table.digestId} is not null`)
	]
);

/**
 * What waits for somebody is gathered in their open digest, which goes out when its time has come: one a day, in the app and by
 * mail, never in quiet hours.
 */
export const digests = pgTable(
	'digests',
	{
		id: id(),
		personId: uuid('person_id')
			.notNull()
			.references(() => people.id),
		/** When the first thing in it came up. */
		openedAt: instant('opened_at').notNull(),
		/** Not looked at before; the rule of quiet hours may put it off further. */
		readyAt: instant('ready_at').notNull(),
		deliveredAt: instant('delivered_at'),
		/** The day in the zone of the office on which it went out. */
		on: date('on', { mode: 'string' }),
		/** Whether it took up the one place of that day: it had something to tell, to somebody who wants it once a day. */
		daily: boolean('daily').notNull().default(false),
		mail: text('mail', { enum: ['none', 'waiting', 'sent', 'dropped', 'refused'] })
			.notNull()
			.default('none'),
		mailedAt: instant('mailed_at')
	},
	(table) => [
		uniqueIndex('digests_one_open')
			.on(table.personId)
			.where(sql`${table.deliveredAt} is null`),
		uniqueIndex('digests_one_a_day')
			.on(table.personId, table.on)
			.where(sql`${table.daily}`),
		index('digests_ready')
			.on(table.readyAt)
			.where(sql`${table.deliveredAt} is null`),
		check('digests_delivered', sql`(${table.deliveredAt} is null) = (${table.on} is null)`),
		check('digests_mailed', sql`(${table.mail} = 'sent') = (${table.mailedAt} is not null)`)
	]
);

/** How somebody wants to be told, where they have said so. */
export const notificationChoices = pgTable(
	'notification_choices',
	{
		personId: uuid('person_id')
			.primaryKey()
			.references(() => people.id),
		mail: boolean('mail').notNull(),
		/** Of mail and calendar. */
		language: text('language', { enum: ['zh-CN', 'en'] }).notNull(),
		rhythm: text('rhythm', { enum: ['daily', 'at-once'] }).notNull(),
		/** Clock times of the configured zone between which nothing goes out; null: as the office has it. */
		quietFrom: time('quiet_from'),
		quietUntil: time('quiet_until'),
		changedAt: instant('changed_at').notNull()
	},
	(table) => [
		check('notification_choices_quiet', sql`(${table.quietFrom} is null) = (${table.quietUntil} is null)`),
		check('notification_choices_awake', sql`${table.quietFrom} <> ${table.quietUntil}`)
	]
);

/** An address that a mail server would not take mail for, and what it said. Another address on the roster is tried anew. */
export const mailRefusals = pgTable('mail_refusals', {
	personId: uuid('person_id')
		.primaryKey()
		.references(() => people.id),
	address: text('address').notNull(),
	answer: text('answer').notNull(),
	at: instant('at').notNull()
});

/**
 * Days on which the office does not keep to Monday to Friday: public holidays, and weekends that are worked for them. The government
 * announces them year by year; where a year has none, its weekends are all that is off.
 */
export const calendarDays = pgTable(
	'calendar_days',
	{
		on: date('on', { mode: 'string' }).primaryKey(),
		worked: boolean('worked').notNull(),
		/** What the day is called, for a holiday. */
		name: text('name'),
		setBy: uuid('set_by')
			.notNull()
			.references(() => people.id),
		setAt: instant('set_at').notNull()
	},
	(table) => [check('calendar_days_name', sql`${table.name} is null or btrim(${table.name}) <> ''`)]
);

/** The secret address under which somebody's calendar programme reads their own dates; only the SHA-256 of the secret is kept. */
export const calendarFeeds = pgTable('calendar_feeds', {
	personId: uuid('person_id')
		.primaryKey()
		.references(() => people.id),
	secretHash: text('secret_hash').notNull().unique(),
	createdAt: instant('created_at').notNull(),
	readAt: instant('read_at'),
	/** Readings since the hour that is being counted began. */
	reads: smallint('reads').notNull().default(0),
	countedFrom: instant('counted_from').notNull()
});

/** What a feed has told of an entry: by the hash of its words and times it is known when that changes, and how often it has. */
export const calendarEntries = pgTable(
	'calendar_entries',
	{
		personId: uuid('person_id')
			.notNull()
			.references(() => people.id),
		uid: text('uid').notNull(),
		hash: text('hash').notNull(),
		sequence: smallint('sequence').notNull().default(0),
		changedAt: instant('changed_at').notNull()
	},
	(table) => [primaryKey({ columns: [table.personId, table.uid] })]
);
