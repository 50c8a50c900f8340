import { sql } from 'drizzle-orm';
import { boolean, check, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { citext, id, instant } from './columns.ts';
import { people } from './people.ts';

/** A person's way in. No password hash exists until the holder has set a password. */
export const accounts = pgTable(
	'accounts',
	{
		personId: uuid('person_id')
			.primaryKey()
			.references(() => people.id),
		/** Another name to sign in with, beside the staff number. */
		username: citext('username').unique(),
		passwordHash: text('password_hash'),
		passwordChangedAt: instant('password_changed_at'),
		disabledAt: instant('disabled_at'),
		createdAt: instant('created_at').notNull()
	},
	(table) => [
		check('accounts_hash_has_date', sql`(${table.passwordHash} is null) = (${table.passwordChangedAt} is null)`)
	]
);

/** A signed-in browser. The id is the SHA-256 of what the cookie holds. */
export const sessions = pgTable(
	'sessions',
	{
		id: text('id').primaryKey(),
		personId: uuid('person_id')
			.notNull()
			.references(() => accounts.personId, { onDelete: 'cascade' }),
		remembered: boolean('remembered').notNull().default(false),
		createdAt: instant('created_at').notNull(),
		expiresAt: instant('expires_at').notNull(),
		userAgent: text('user_agent').notNull().default(''),
		address: text('address').notNull().default('')
	},
	(table) => [index('sessions_person').on(table.personId), index('sessions_expiry').on(table.expiresAt)]
);

/** A single-use secret with which the holder sets a password: a mailed link or a printed slip. Only its SHA-256 is stored. */
export const passwordLinks = pgTable(
	'password_links',
	{
		id: id(),
		secretHash: text('secret_hash').notNull().unique(),
		personId: uuid('person_id')
			.notNull()
			.references(() => accounts.personId, { onDelete: 'cascade' }),
		medium: text('medium', { enum: ['mail', 'slip', 'shell'] }).notNull(),
		createdBy: uuid('created_by').references(() => people.id),
		createdAt: instant('created_at').notNull(),
		expiresAt: instant('expires_at').notNull(),
		usedAt: instant('used_at'),
		replacedAt: instant('replaced_at')
	},
	(table) => [
		uniqueIndex('password_links_one_live')
			.on(table.personId)
			.where(sql`${table.usedAt} is null and ${table.replacedAt} is null`)
	]
);

/** Where a person has signed in from: hashed places, at which what strangers type elsewhere does not slow them. */
export const signInPlaces = pgTable(
	'sign_in_places',
	{
		personId: uuid('person_id')
			.notNull()
			.references(() => accounts.personId, { onDelete: 'cascade' }),
		place: text('place').notNull(),
		lastAt: instant('last_at').notNull()
	},
	(table) => [primaryKey({ columns: [table.personId, table.place] }), index('sign_in_places_age').on(table.lastAt)]
);

/** Failures of signing in per typed account and per address (hashed); they slow the next try and never lock. */
export const signInFailures = pgTable(
	'sign_in_failures',
	{
		key: text('key').primaryKey(),
		failures: integer('failures').notNull(),
		lastFailedAt: instant('last_failed_at').notNull(),
		/** No try is looked at before this instant. */
		waitUntil: instant('wait_until').notNull()
	},
	(table) => [index('sign_in_failures_age').on(table.lastFailedAt)]
);
