import { sql } from 'drizzle-orm';
import {
	type AnyPgColumn,
	bigint,
	boolean,
	check,
	date,
	index,
	integer,
	jsonb,
	numeric,
	pgEnum,
	pgTable,
	primaryKey,
	smallint,
	text,
	uniqueIndex,
	uuid
} from 'drizzle-orm/pg-core';
import { audiences, audienceVersions } from './audiences.ts';
import { id, instant, score } from './columns.ts';
import { courseCompletions, courses } from './courses.ts';
import { eventKind, events, trainingPurpose } from './events.ts';
import { examPurpose, exams } from './exams.ts';
import { files } from './files.ts';
import { hourCategory } from './hours.ts';
import { people } from './people.ts';
import { promotions } from './promotions.ts';
import { units } from './units.ts';

/** An act of the HR office: this course, for these people and units, by this date. */
export const assignments = pgTable('assignments', {
	id: id(),
	courseId: uuid('course_id')
		.notNull()
		.references(() => courses.id),
	/** The unit on whose behalf it is assigned; who may see and change it follows from here. */
	unitId: uuid('unit_id')
		.notNull()
		.references(() => units.id),
	/** Why, in the words of the one who assigns; shown to the learner. */
	reason: text('reason').notNull(),
	dueOn: date('due_on', { mode: 'string' }).notNull(),
	createdBy: uuid('created_by')
		.notNull()
		.references(() => people.id),
	createdAt: instant('created_at').notNull(),
	withdrawnAt: instant('withdrawn_at'),
	withdrawnBy: uuid('withdrawn_by').references(() => people.id),
	withdrawnBecause: text('withdrawn_because')
});

/** Whom an assignment named: a person, or a unit with or without those below. */
export const assignmentTargets = pgTable(
	'assignment_targets',
	{
		assignmentId: uuid('assignment_id')
			.notNull()
			.references(() => assignments.id),
		position: text('position').notNull(),
		personId: uuid('person_id').references(() => people.id),
		unitId: uuid('unit_id').references(() => units.id),
		subtree: boolean('subtree').notNull().default(false)
	},
	(table) => [
		primaryKey({ columns: [table.assignmentId, table.position] }),
		check('assignment_targets_one', sql`(${table.personId} is null) <> (${table.unitId} is null)`)
	]
);

/** What a requirement asks for. */
export const requirementKind = pgEnum('requirement_kind', ['course', 'exam', 'event', 'hours', 'electives']);
/** How often a programme comes round: once; every calendar year; or anew some months after it was last completed. */
export const recurrence = pgEnum('recurrence', ['once', 'yearly', 'after-completion']);
/** What becomes of people who join in the course of a year: all of it by the same date, more time, or from the next year on. */
export const joiningPolicy = pgEnum('joining_policy', ['same-date', 'more-time', 'next-period']);

/** A set of requirements that the office keeps and assigns; what it asks for lives in versions. */
export const programmes = pgTable(
	'programmes',
	{
		id: id(),
		unitId: uuid('unit_id')
			.notNull()
			.references(() => units.id),
		title: text('title').notNull(),
		summary: text('summary').notNull().default(''),
		currentVersionId: uuid('current_version_id').references((): AnyPgColumn => programmeVersions.id),
		createdBy: uuid('created_by')
			.notNull()
			.references(() => people.id),
		createdAt: instant('created_at').notNull(),
		archivedAt: instant('archived_at')
	},
	(table) => [index('programmes_unit').on(table.unitId), check('programmes_title', sql`btrim(${table.title}) <> ''`)]
);

/** A programme as it was adopted: frozen from then on (trigger); obligations name the version that they rest on. */
export const programmeVersions = pgTable(
	'programme_versions',
	{
		id: id(),
		programmeId: uuid('programme_id')
			.notNull()
			.references((): AnyPgColumn => programmes.id),
		number: integer('number').notNull(),
		recurrence: recurrence('recurrence').notNull().default('once'),
		/** After completion: how many months it holds, and how many before the end it may be renewed. */
		validMonths: smallint('valid_months'),
		renewalMonths: smallint('renewal_months'),
		/** What was learnt at most so many months before counts; null: only what is done from the opening on. */
		priorMonths: smallint('prior_months'),
		joining: joiningPolicy('joining').notNull().default('same-date'),
		/** More time: days from joining, where the date would come sooner. */
		joiningDays: smallint('joining_days'),
		createdBy: uuid('created_by')
			.notNull()
			.references(() => people.id),
		createdAt: instant('created_at').notNull(),
		adoptedAt: instant('adopted_at')
	},
	(table) => [
		uniqueIndex('programme_versions_number').on(table.programmeId, table.number),
		check(
			'programme_versions_validity',
			sql`(${table.recurrence} = 'after-completion') = (${table.validMonths} is not null) and (${table.validMonths} is null) = (${table.renewalMonths} is null) and (${table.validMonths} is null or (${table.validMonths} between 1 and 120 and ${table.renewalMonths} between 0 and ${table.validMonths}))`
		),
		check('programme_versions_prior', sql`${table.priorMonths} is null or ${table.priorMonths} between 1 and 600`),
		check(
			'programme_versions_joining',
			sql`(${table.joining} = 'more-time') = (${table.joiningDays} is not null) and (${table.joiningDays} is null or ${table.joiningDays} between 1 and 366)`
		)
	]
);

/** One thing that a programme asks for. */
export const programmeRequirements = pgTable(
	'programme_requirements',
	{
		id: id(),
		versionId: uuid('version_id')
			.notNull()
			.references(() => programmeVersions.id, { onDelete: 'cascade' }),
		position: smallint('position').notNull(),
		kind: requirementKind('kind').notNull(),
		courseId: uuid('course_id').references(() => courses.id),
		/** One exam (its make-ups count), or any exam held for a purpose. */
		examId: uuid('exam_id').references(() => exams.id),
		examPurpose: examPurpose('exam_purpose'),
		/** Percent of the paper that passes here; null: as the exam says. */
		passMark: score('pass_mark'),
		eventKind: eventKind('event_kind'),
		eventPurpose: trainingPurpose('event_purpose'),
		hours: numeric('hours', { precision: 6, scale: 1, mode: 'number' }),
		hourCategory: hourCategory('hour_category'),
		/** Electives: how many of `requirement_electives`. */
		choose: smallint('choose'),
		/** By when, where this one has a date rule of its own (type `DueRule` of schemas/programmes.ts). */
		due: jsonb('due').$type<unknown>()
	},
	(table) => [
		uniqueIndex('programme_requirements_position').on(table.versionId, table.position),
		check('programme_requirements_course', sql`(${table.kind} = 'course') = (${table.courseId} is not null)`),
		check(
			'programme_requirements_exam',
			sql`(${table.kind} = 'exam') = (num_nonnulls(${table.examId}, ${table.examPurpose}) = 1) and (${table.kind} = 'exam' or ${table.passMark} is null)`
		),
		check(
			'programme_requirements_event',
			sql`(${table.kind} = 'event') = (${table.eventKind} is not null) and (${table.kind} = 'event' or ${table.eventPurpose} is null)`
		),
		check(
			'programme_requirements_hours',
			sql`(${table.kind} = 'hours') = (${table.hours} is not null) and (${table.hours} is null or ${table.hours} > 0) and (${table.kind} = 'hours' or ${table.hourCategory} is null)`
		),
		check(
			'programme_requirements_choose',
			sql`(${table.kind} = 'electives') = (${table.choose} is not null) and (${table.choose} is null or ${table.choose} > 0)`
		)
	]
);

/** The courses among which an elective requirement lets people choose. */
export const requirementElectives = pgTable(
	'requirement_electives',
	{
		requirementId: uuid('requirement_id')
			.notNull()
			.references(() => programmeRequirements.id, { onDelete: 'cascade' }),
		courseId: uuid('course_id')
			.notNull()
			.references(() => courses.id)
	},
	(table) => [
		primaryKey({ columns: [table.requirementId, table.courseId] }),
		index('requirement_electives_course').on(table.courseId)
	]
);

/** A programme for an audience by a due rule: a standing order, which makes obligations for whoever comes to belong. */
export const programmeAssignments = pgTable(
	'programme_assignments',
	{
		id: id(),
		programmeId: uuid('programme_id')
			.notNull()
			.references(() => programmes.id),
		audienceId: uuid('audience_id')
			.notNull()
			.references(() => audiences.id),
		unitId: uuid('unit_id')
			.notNull()
			.references(() => units.id),
		reason: text('reason').notNull(),
		/** Type `DueRule` of schemas/programmes.ts. */
		due: jsonb('due').$type<unknown>().notNull(),
		/** From which day on it makes obligations, and, if ever, until which. */
		startsOn: date('starts_on', { mode: 'string' }).notNull(),
		endsOn: date('ends_on', { mode: 'string' }),
		createdBy: uuid('created_by')
			.notNull()
			.references(() => people.id),
		createdAt: instant('created_at').notNull(),
		withdrawnAt: instant('withdrawn_at'),
		withdrawnBy: uuid('withdrawn_by').references(() => people.id),
		withdrawnBecause: text('withdrawn_because')
	},
	(table) => [
		index('programme_assignments_programme').on(table.programmeId),
		index('programme_assignments_audience').on(table.audienceId),
		check('programme_assignments_forward', sql`${table.endsOn} is null or ${table.endsOn} >= ${table.startsOn}`),
		check('programme_assignments_withdrawn', sql`(${table.withdrawnAt} is null) = (${table.withdrawnBecause} is null)`)
	]
);

/** Whom the standing orders have to be held against again: one person (and all orders), or one order (and everybody). */
export const programmeDirty = pgTable(
	'programme_dirty',
	{
		id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
		personId: uuid('person_id').references(() => people.id),
		programmeAssignmentId: uuid('programme_assignment_id').references(() => programmeAssignments.id),
		at: instant('at').notNull()
	},
	(table) => [check('programme_dirty_one', sql`num_nonnulls(${table.personId}, ${table.programmeAssignmentId}) = 1`)]
);

/** Something learnt elsewhere or before that HR lets stand for a requirement, with evidence. */
export const equivalents = pgTable(
	'equivalents',
	{
		id: id(),
		personId: uuid('person_id')
			.notNull()
			.references(() => people.id),
		requirementId: uuid('requirement_id').references(() => programmeRequirements.id),
		courseId: uuid('course_id').references(() => courses.id),
		/** What it was, in words. */
		what: text('what').notNull(),
		on: date('on', { mode: 'string' }).notNull(),
		proofId: uuid('proof_id').references(() => files.id),
		grantedBy: uuid('granted_by')
			.notNull()
			.references(() => people.id),
		grantedAt: instant('granted_at').notNull(),
		revokedAt: instant('revoked_at'),
		revokedBecause: text('revoked_because')
	},
	(table) => [
		index('equivalents_person').on(table.personId),
		check('equivalents_one', sql`num_nonnulls(${table.requirementId}, ${table.courseId}) = 1`),
		check('equivalents_what', sql`length(btrim(${table.what})) > 0`),
		check('equivalents_not_own', sql`${table.grantedBy} <> ${table.personId}`),
		check('equivalents_revoked', sql`(${table.revokedAt} is null) = (${table.revokedBecause} is null)`)
	]
);

/** 免考/免训 exemption, or a later date. */
export const exemptionKind = pgEnum('exemption_kind', ['exemption', 'deferral']);
export const exemptionGround = pgEnum('exemption_ground', [
	'retiring', // within two years
	'maternity',
	'illness',
	'long-leave',
	'legal-qualification',
	'same-term', // re-appointed in the same term
	'other'
]);
export const exemptionState = pgEnum('exemption_state', ['asked', 'approved', 'refused', 'withdrawn', 'ended']);

/** A request not to have to, or not yet. Only the person and those who decide see ground, reason and proof. */
export const exemptions = pgTable(
	'exemptions',
	{
		id: id(),
		personId: uuid('person_id')
			.notNull()
			.references(() => people.id),
		/** What it is for: one obligation, or everything that is open now or comes up while it holds. */
		obligationId: uuid('obligation_id').references((): AnyPgColumn => obligations.id),
		kind: exemptionKind('kind').notNull(),
		ground: exemptionGround('ground').notNull(),
		reason: text('reason').notNull(),
		proofId: uuid('proof_id').references(() => files.id),
		/** Exemption: the last day on which it holds; null: for good. Deferral: the new date. */
		until: date('until', { mode: 'string' }),
		askedBy: uuid('asked_by')
			.notNull()
			.references(() => people.id),
		askedAt: instant('asked_at').notNull(),
		state: exemptionState('state').notNull().default('asked'),
		decidedBy: uuid('decided_by').references(() => people.id),
		decidedAt: instant('decided_at'),
		decidedBecause: text('decided_because'),
		endedAt: instant('ended_at'),
		/** Who ended it, and why; both null where its last day had passed. */
		endedBy: uuid('ended_by').references(() => people.id),
		endedBecause: text('ended_because')
	},
	(table) => [
		index('exemptions_person').on(table.personId),
		index('exemptions_asked')
			.on(table.askedAt)
			.where(sql`${table.state} = 'asked'`),
		uniqueIndex('exemptions_one_asked')
			.on(table.personId, table.obligationId)
			.where(sql`${table.state} = 'asked'`),
		uniqueIndex('exemptions_one_general_asked')
			.on(table.personId)
			.where(sql`${table.state} = 'asked' and ${table.obligationId} is null`),
		index('exemptions_general')
			.on(table.personId)
			.where(sql`${table.state} = 'approved' and ${table.kind} = 'exemption' and ${table.obligationId} is null`),
		index('exemptions_until')
			.on(table.until)
			.where(sql`${table.state} = 'approved' and ${table.kind} = 'exemption'`),
		check('exemptions_reason', sql`length(btrim(${table.reason})) > 0`),
		check(
			'exemptions_deferral',
			sql`${table.kind} <> 'deferral' or (${table.until} is not null and ${table.obligationId} is not null)`
		),
		check(
			'exemptions_decided',
			sql`(${table.state} in ('approved', 'refused', 'ended')) <= (${table.decidedAt} is not null and ${table.decidedBy} is not null)`
		),
		check(
			'exemptions_not_own',
			sql`(${table.decidedBy} is null or ${table.decidedBy} not in (${table.personId}, ${table.askedBy})) and (${table.endedBy} is null or ${table.endedBy} <> ${table.personId})`
		),
		check('exemptions_ended', sql`(${table.state} = 'ended') = (${table.endedAt} is not null)`)
	]
);

/** One person owes one thing by a date. What follows from the date alone (upcoming, overdue, expired) is never stored. */
export const obligations = pgTable(
	'obligations',
	{
		id: id(),
		personId: uuid('person_id')
			.notNull()
			.references(() => people.id),
		kind: requirementKind('kind').notNull().default('course'),
		/** What is owed: a course, or what the requirement says. */
		courseId: uuid('course_id').references(() => courses.id),
		requirementId: uuid('requirement_id').references(() => programmeRequirements.id),
		/** Where it counts: the person's unit while open, the unit of the day of completion afterwards. */
		unitId: uuid('unit_id').references(() => units.id),
		/** Why it exists: an assignment of a course, of a programme (by which wording of its audience's rule), or a promotion. */
		assignmentId: uuid('assignment_id').references(() => assignments.id),
		programmeAssignmentId: uuid('programme_assignment_id').references(() => programmeAssignments.id),
		audienceVersionId: uuid('audience_version_id').references(() => audienceVersions.id),
		promotionId: uuid('promotion_id').references((): AnyPgColumn => promotions.id),
		/** Of a programme that comes round: the first day of the period. */
		periodOn: date('period_on', { mode: 'string' }),
		/** Upcoming before this day; null: open at once. */
		opensOn: date('opens_on', { mode: 'string' }),
		dueOn: date('due_on', { mode: 'string' }).notNull(),
		/** Can no longer be completed after this day; null: always. */
		expiresOn: date('expires_on', { mode: 'string' }),
		/** Of a renewal: the day on which what is to be renewed runs out; renewed before it, it holds from there on. */
		renewsFrom: date('renews_from', { mode: 'string' }),
		createdAt: instant('created_at').notNull(),
		/** First lesson opened or check begun after (or before) the obligation arose. */
		startedAt: instant('started_at'),
		completedAt: instant('completed_at'),
		/** The evidence that closed it: a completed course, an exam, an event, hours collected, or an equivalent. */
		completionId: uuid('completion_id').references(() => courseCompletions.id),
		evidenceExamId: uuid('evidence_exam_id').references(() => exams.id),
		evidenceEventId: uuid('evidence_event_id').references(() => events.id),
		evidenceHours: numeric('evidence_hours', { precision: 6, scale: 1, mode: 'number' }),
		equivalentId: uuid('equivalent_id').references(() => equivalents.id),
		/** 免: since when, by which decision. */
		exemptAt: instant('exempt_at'),
		exemptionId: uuid('exemption_id').references((): AnyPgColumn => exemptions.id),
		withdrawnAt: instant('withdrawn_at'),
		withdrawnBecause: text('withdrawn_because')
	},
	(table) => [
		uniqueIndex('obligations_one_live')
			.on(table.personId, table.courseId)
			.where(
				sql`${table.completedAt} is null and ${table.withdrawnAt} is null and ${table.programmeAssignmentId} is null`
			),
		uniqueIndex('obligations_programme')
			.on(table.programmeAssignmentId, table.personId, table.requirementId, table.periodOn)
			.where(sql`${table.programmeAssignmentId} is not null`),
		uniqueIndex('obligations_assignment').on(table.assignmentId, table.personId),
		uniqueIndex('obligations_promotion').on(table.promotionId, table.courseId),
		uniqueIndex('obligations_promotion_requirement').on(table.promotionId, table.requirementId),
		index('obligations_person').on(table.personId, table.dueOn),
		index('obligations_unit').on(table.unitId, table.dueOn),
		index('obligations_exemption')
			.on(table.exemptionId)
			.where(sql`${table.exemptionId} is not null`),
		index('obligations_open_due')
			.on(table.dueOn)
			.where(sql`${table.completedAt} is null and ${table.withdrawnAt} is null`),
		check(
			'obligations_one_reason',
			sql`num_nonnulls(${table.assignmentId}, ${table.programmeAssignmentId}, ${table.promotionId}) = 1`
		),
		check(
			'obligations_of_kind',
			sql`(${table.kind} = 'course') = (${table.courseId} is not null) and (${table.kind} = 'course' or ${table.requirementId} is not null)`
		),
		check(
			'obligations_of_programme',
			sql`${table.programmeAssignmentId} is null or (${table.requirementId} is not null and ${table.audienceVersionId} is not null and ${table.periodOn} is not null)`
		),
		check(
			'obligations_evidence',
			sql`num_nonnulls(${table.completionId}, ${table.evidenceExamId}, ${table.evidenceEventId}, ${table.evidenceHours}, ${table.equivalentId}) = case when ${table.completedAt} is null then 0 else 1 end`
		),
		check(
			'obligations_exempt',
			sql`(${table.exemptAt} is null) = (${table.exemptionId} is null) and (${table.exemptAt} is null or ${table.completedAt} is null)`
		),
		check('obligations_opens', sql`${table.opensOn} is null or ${table.opensOn} <= ${table.dueOn}`),
		check('obligations_expires', sql`${table.expiresOn} is null or ${table.expiresOn} >= ${table.dueOn}`),
		check('obligations_one_end', sql`${table.completedAt} is null or ${table.withdrawnAt} is null`)
	]
);
