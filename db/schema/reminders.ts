import { sql } from 'drizzle-orm';
import {
	boolean,
	check,
	date,
	index,
	integer,
	pgTable,
	smallint,
	text,
	time,
	uniqueIndex,
	uuid
} from 'drizzle-orm/pg-core';
import { id, instant } from './columns.ts';
import { events } from './events.ts';
import { exams } from './exams.ts';
import { digests } from './notifications.ts';
import { people } from './people.ts';
import { obligations } from './programmes.ts';

/**
 * That somebody is to be reminded: of a duty, of an exam that opens, of an event. Each step once for each date of the thing, which
 * the database holds to; whether it still matters is asked again when the digest goes out.
 */
export const reminders = pgTable(
	'reminders',
	{
		id: id(),
		personId: uuid('person_id')
			.notNull()
			.references(() => people.id),
		obligationId: uuid('obligation_id').references(() => obligations.id),
		examId: uuid('exam_id').references(() => exams.id),
		eventId: uuid('event_id').references(() => events.id),
		/** `assigned`, `before-7`, `overdue-0` for the first week; see programmes/reminders/cadence.ts. */
		step: text('step').notNull(),
		/** The date of the thing by which the step was reckoned. */
		dueOn: date('due_on', { mode: 'string' }).notNull(),
		madeAt: instant('made_at').notNull(),
		/** The digest that takes it along; null until it is put into one. */
		digestId: uuid('digest_id').references(() => digests.id)
	},
	(table) => [
		uniqueIndex('reminders_duty_once')
			.on(table.obligationId, table.step, table.dueOn)
			.where(sql`${table.obligationId} is not null`),
		uniqueIndex('reminders_exam_once')
			.on(table.examId, table.personId, table.step, table.dueOn)
			.where(sql`${table.examId} is not null`),
		uniqueIndex('reminders_event_once')
			.on(table.eventId, table.personId, table.step, table.dueOn)
			.where(sql`${table.eventId} is not null`),
		index('reminders_waiting')
			.on(table.personId)
			.where(sql`${table.digestId} is null`),
		index('reminders_digest').on(table.digestId),
		check('reminders_one_thing', sql`num_nonnulls(${table.obligationId}, ${table.examId}, ${table.eventId}) = 1`),
		check('reminders_step', sql`${table.step} ~ '^(assigned|before-[0-9]+|overdue-[0-9]+)$'`)
	]
);

/** A working day whose reminders have been found: nobody finds them again. */
export const reminderDays = pgTable('reminder_days', {
	on: date('on', { mode: 'string' }).primaryKey(),
	workedAt: instant('worked_at').notNull(),
	reminders: integer('reminders').notNull().default(0)
});

/** How the office reminds. There is one row once somebody has changed what holds by default. */
export const reminderSettings = pgTable(
	'reminder_settings',
	{
		id: boolean('id').primaryKey().default(true),
		active: boolean('active').notNull(),
		/** Days before the date. */
		daysBefore: smallint('days_before').array().notNull(),
		/** Every so many days after it. */
		overdueEvery: smallint('overdue_every').notNull(),
		/** After so many weeks the unit's liaison hears of it, and HR. */
		liaisonWeeks: smallint('liaison_weeks').notNull(),
		hrWeeks: smallint('hr_weeks').notNull(),
		quietFrom: time('quiet_from').notNull(),
		quietUntil: time('quiet_until').notNull(),
		/** Whether anything goes out on Saturdays and Sundays. */
		weekends: boolean('weekends').notNull(),
		changedBy: uuid('changed_by')
			.notNull()
			.references(() => people.id),
		changedAt: instant('changed_at').notNull()
	},
	(table) => [
		check('reminder_settings_one', sql`${table.id}`),
		check('reminder_settings_awake', sql`${table.quietFrom} <> ${table.quietUntil}`),
		check('reminder_settings_every', sql`${table.overdueEvery} between 1 and 90`),
		check(
			'reminder_settings_weeks',
			sql`${table.liaisonWeeks} between 1 and 52 and ${table.hrWeeks} between ${table.liaisonWeeks} and 52`
		)
	]
);
