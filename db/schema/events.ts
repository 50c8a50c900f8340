import { sql } from 'drizzle-orm';
import {
	boolean,
	check,
	index,
	integer,
	numeric,
	pgEnum,
	pgTable,
	primaryKey,
	smallint,
	text,
	uniqueIndex,
	uuid
} from 'drizzle-orm/pg-core';
import { id, instant } from './columns.ts';
import { exams } from './exams.ts';
import { files } from './files.ts';
import { hourCategory } from './hours.ts';
import { people } from './people.ts';
import { articles } from './statutes.ts';
import { units } from './units.ts';

/** 法律讲座, 培训班, 集体学法, 会前学法, 旁听庭审, 研讨. */
export const eventKind = pgEnum('event_kind', [
	'lecture',
	'training-class',
	'collective-study',
	'pre-meeting-study',
	'court-observation',
	'seminar'
]);
/** planned (being prepared) → open (people are invited) → held → closed (attendance settled, hours granted); or called off. */
export const eventState = pgEnum('event_state', ['planned', 'open', 'held', 'closed', 'cancelled']);
/** Whom an event or an exam is meant for, where a rule asks for one of that kind. */
export const trainingPurpose = pgEnum('training_purpose', ['general', 'newly-promoted']);

/** A lecture, class or study meeting: one thing that people attend, on one or several days. */
export const events = pgTable(
	'events',
	{
		id: id(),
		/** On whose behalf it is held; who may see and change it follows from here. */
		unitId: uuid('unit_id')
			.notNull()
			.references(() => units.id),
		kind: eventKind('kind').notNull(),
		purpose: trainingPurpose('purpose').notNull().default('general'),
		title: text('title').notNull(),
		/** What it is about, in Markdown. */
		content: text('content').notNull().default(''),
		lecturer: text('lecturer').notNull().default(''),
		place: text('place').notNull().default(''),
		/** From the first session to the last. */
		startsAt: instant('starts_at').notNull(),
		endsAt: instant('ends_at').notNull(),
		/** What attending it is worth, whatever the clock says. */
		hours: numeric('hours', { precision: 5, scale: 1, mode: 'number' }).notNull(),
		hourCategory: hourCategory('hour_category').notNull().default('class'),
		/** Seats; null: as many as are invited. */
		capacity: smallint('capacity'),
		/** Of its sessions, the share that may be missed with leave: one seventh unless told otherwise. */
		leaveLimit: numeric('leave_limit', { precision: 4, scale: 3, mode: 'number' }).notNull().default(0.143),
		/** A code on the screen of the room, changing by the minute, with which people enter themselves. */
		roomCode: boolean('room_code').notNull().default(false),
		/** From which the room code of each minute follows. */
		roomSecret: text('room_secret'),
		/** The exam that a class ends with. */
		examId: uuid('exam_id').references(() => exams.id),
		state: eventState('state').notNull().default('planned'),
		minutes: text('minutes').notNull().default(''),
		version: integer('version').notNull().default(1),
		createdBy: uuid('created_by')
			.notNull()
			.references(() => people.id),
		createdAt: instant('created_at').notNull(),
		openedAt: instant('opened_at'),
		heldAt: instant('held_at'),
		closedAt: instant('closed_at'),
		cancelledAt: instant('cancelled_at'),
		cancelledBecause: text('cancelled_because')
	},
	(table) => [
		index('events_unit').on(table.unitId, table.startsAt),
		index('events_start').on(table.startsAt, table.id),
		check('events_title', sql`btrim(${table.title}) <> ''`),
		check('events_forward', sql`${table.startsAt} < ${table.endsAt}`),
		check('events_hours', sql`${table.hours} > 0 and ${table.hours} <= 400`),
		check('events_capacity', sql`${table.capacity} is null or ${table.capacity} > 0`),
		check('events_leave', sql`${table.leaveLimit} between 0 and 1`),
		check('events_room', sql`not ${table.roomCode} or ${table.roomSecret} is not null`),
		check(
			'events_opened',
			sql`(${table.state} <> 'planned' or ${table.openedAt} is null) and (${table.state} not in ('open', 'held', 'closed') or ${table.openedAt} is not null)`
		),
		check(
			'events_held',
			sql`(${table.state} not in ('planned', 'open') or ${table.heldAt} is null) and (${table.state} not in ('held', 'closed') or ${table.heldAt} is not null)`
		),
		check('events_closed', sql`(${table.state} = 'closed') = (${table.closedAt} is not null)`),
		check(
			'events_cancelled',
			sql`(${table.state} = 'cancelled') = (${table.cancelledAt} is not null) and (${table.cancelledAt} is null or length(btrim(${table.cancelledBecause})) > 0)`
		)
	]
);

/** One sitting of an event: half a day of a class, or the whole of a lecture. */
export const eventSessions = pgTable(
	'event_sessions',
	{
		id: id(),
		eventId: uuid('event_id')
			.notNull()
			.references(() => events.id),
		position: smallint('position').notNull(),
		title: text('title').notNull().default(''),
		lecturer: text('lecturer').notNull().default(''),
		place: text('place').notNull().default(''),
		startsAt: instant('starts_at').notNull(),
		endsAt: instant('ends_at').notNull()
	},
	(table) => [
		uniqueIndex('event_sessions_position').on(table.eventId, table.position),
		check('event_sessions_forward', sql`${table.startsAt} < ${table.endsAt}`)
	]
);

/** The articles that an event is about. */
export const eventArticles = pgTable(
	'event_articles',
	{
		eventId: uuid('event_id')
			.notNull()
			.references(() => events.id),
		articleId: uuid('article_id')
			.notNull()
			.references(() => articles.id)
	},
	(table) => [primaryKey({ columns: [table.eventId, table.articleId] })]
);

export const participantState = pgEnum('participant_state', ['invited', 'coming', 'waiting', 'declined', 'removed']);
/** What became of a participant once attendance is settled: attended enough, too little, on leave, or not at all. */
export const attendanceOutcome = pgEnum('attendance_outcome', ['attended', 'partial', 'on-leave', 'absent']);

/** A person in an event, with the unit of the day on which it was settled. */
export const eventParticipants = pgTable(
	'event_participants',
	{
		eventId: uuid('event_id')
			.notNull()
			.references(() => events.id),
		personId: uuid('person_id')
			.notNull()
			.references(() => people.id),
		unitId: uuid('unit_id').references(() => units.id),
		state: participantState('state').notNull(),
		/** Place in the order of coming, for the waiting list. */
		joinedAt: instant('joined_at').notNull(),
		declinedBecause: text('declined_because'),
		/** Settled when the event closes, and again by a correction. */
		outcome: attendanceOutcome('outcome'),
		/** What was granted: all of the event's hours for full attendance, none or a stated part otherwise. */
		hours: numeric('hours', { precision: 5, scale: 1, mode: 'number' }),
		/** When attending enough of it was settled: what closes an obligation. */
		completedAt: instant('completed_at')
	},
	(table) => [
		primaryKey({ columns: [table.eventId, table.personId] }),
		index('event_participants_person').on(table.personId),
		check(
			'event_participants_completed',
			sql`(${table.outcome} = 'attended') = (${table.completedAt} is not null) or ${table.outcome} is null`
		),
		check(
			'event_participants_declined',
			sql`${table.state} <> 'declined' or length(btrim(${table.declinedBecause})) > 0`
		),
		check('event_participants_hours', sql`${table.hours} is null or ${table.hours} >= 0`)
	]
);

export const presence = pgEnum('presence', ['present', 'partial', 'leave', 'absent']);

/** Whether a person was there in a session, as it stands; what it said before is in `event_presence_changes`. */
export const eventPresences = pgTable(
	'event_presences',
	{
		sessionId: uuid('session_id')
			.notNull()
			.references(() => eventSessions.id),
		personId: uuid('person_id')
			.notNull()
			.references(() => people.id),
		presence: presence('presence').notNull(),
		source: text('source', { enum: ['list', 'code', 'sheet'] }).notNull(),
		/** When it was noted down, on the device that noted it; arrivals out of order never overwrite what is later. */
		notedAt: instant('noted_at').notNull(),
		recordedBy: uuid('recorded_by')
			.notNull()
			.references(() => people.id),
		recordedAt: instant('recorded_at').notNull()
	},
	(table) => [
		primaryKey({ columns: [table.sessionId, table.personId] }),
		index('event_presences_person').on(table.personId)
	]
);

/** A presence that was corrected after the event was held: what it was, what it became, and why. */
export const eventPresenceChanges = pgTable(
	'event_presence_changes',
	{
		id: id(),
		sessionId: uuid('session_id')
			.notNull()
			.references(() => eventSessions.id),
		personId: uuid('person_id')
			.notNull()
			.references(() => people.id),
		before: presence('before'),
		after: presence('after').notNull(),
		reason: text('reason').notNull(),
		changedBy: uuid('changed_by')
			.notNull()
			.references(() => people.id),
		changedAt: instant('changed_at').notNull()
	},
	(table) => [
		index('event_presence_changes_session').on(table.sessionId, table.personId),
		check('event_presence_changes_reason', sql`length(btrim(${table.reason})) > 0`)
	]
);

/** What belongs to an event: hand-outs for the participants, minutes, photos. */
export const eventFiles = pgTable(
	'event_files',
	{
		eventId: uuid('event_id')
			.notNull()
			.references(() => events.id),
		fileId: uuid('file_id')
			.notNull()
			.references(() => files.id),
		part: text('part', { enum: ['material', 'minutes', 'photo'] }).notNull()
	},
	(table) => [primaryKey({ columns: [table.eventId, table.fileId] })]
);

export const externalTrainingState = pgEnum('external_training_state', ['reported', 'confirmed', 'refused', 'revoked']);

/** Training that somebody had elsewhere: reported with proof, then confirmed, which grants its hours. */
export const externalTrainings = pgTable(
	'external_trainings',
	{
		id: id(),
		personId: uuid('person_id')
			.notNull()
			.references(() => people.id),
		unitId: uuid('unit_id').references(() => units.id),
		kind: eventKind('kind').notNull(),
		title: text('title').notNull(),
		provider: text('provider').notNull(),
		startsAt: instant('starts_at').notNull(),
		endsAt: instant('ends_at').notNull(),
		hours: numeric('hours', { precision: 5, scale: 1, mode: 'number' }).notNull(),
		hourCategory: hourCategory('hour_category').notNull(),
		proofId: uuid('proof_id')
			.notNull()
			.references(() => files.id),
		state: externalTrainingState('state').notNull().default('reported'),
		reportedAt: instant('reported_at').notNull(),
		decidedBy: uuid('decided_by').references(() => people.id),
		decidedAt: instant('decided_at'),
		decidedBecause: text('decided_because')
	},
	(table) => [
		index('external_trainings_person').on(table.personId, table.startsAt),
		index('external_trainings_reported')
			.on(table.reportedAt)
			.where(sql`${table.state} = 'reported'`),
		check('external_trainings_hours', sql`${table.hours} > 0 and ${table.hours} <= 400`),
		check('external_trainings_forward', sql`${table.startsAt} <= ${table.endsAt}`),
		check('external_trainings_decided', sql`(${table.state} = 'reported') = (${table.decidedAt} is null)`),
		check(
			'external_trainings_because',
			sql`${table.state} not in ('refused', 'revoked') or length(btrim(${table.decidedBecause})) > 0`
		),
		check('external_trainings_not_own', sql`${table.decidedBy} is null or ${table.decidedBy} <> ${table.personId}`)
	]
);
