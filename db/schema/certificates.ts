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
	pgEnum,
	pgTable,
	primaryKey,
	smallint,
	text,
	uniqueIndex,
	uuid
} from 'drizzle-orm/pg-core';
import { bytea, id, instant, type Localized } from './columns.ts';
import { people } from './people.ts';
import { units } from './units.ts';

/** What a certificate is for: a course completed, a training class attended, an exam passed, a programme fulfilled. */
export const certificateKind = pgEnum('certificate_kind', ['course', 'class', 'exam', 'programme']);

/** A form of certificate that a unit keeps; what it says lives in versions. Where it is switched on, certificates follow by themselves. */
export const certificateTemplates = pgTable(
	'certificate_templates',
	{
		id: id(),
		/** On whose behalf it is issued: for courses to those who serve there or below, for the rest to what is held there or below. */
		unitId: uuid('unit_id')
			.notNull()
			.references(() => units.id),
		kind: certificateKind('kind').notNull(),
		name: text('name').notNull(),
		/** Only for the subjects that are named; otherwise for all of its kind. */
		chosenOnly: boolean('chosen_only').notNull().default(false),
		currentVersionId: uuid('current_version_id').references((): AnyPgColumn => certificateTemplateVersions.id),
		/** Issues for what was met from this day on; null: switched off. */
		issuesFrom: date('issues_from', { mode: 'string' }),
		createdBy: uuid('created_by')
			.notNull()
			.references(() => people.id),
		createdAt: instant('created_at').notNull()
	},
	(table) => [
		index('certificate_templates_unit').on(table.unitId),
		index('certificate_templates_on')
			.on(table.kind)
			.where(sql`${table.issuesFrom} is not null`),
		check('certificate_templates_name', sql`btrim(${table.name}) <> ''`)
	]
);

/** The wording of a template as it was printed from: never changed, another takes its place (trigger). */
export const certificateTemplateVersions = pgTable(
	'certificate_template_versions',
	{
		id: id(),
		templateId: uuid('template_id')
			.notNull()
			.references((): AnyPgColumn => certificateTemplates.id),
		number: integer('number').notNull(),
		title: jsonb('title').$type<Localized>().notNull(),
		/** With {name}, {subject}, {hours} and the like; see schemas/certificates.ts. */
		body: jsonb('body').$type<Localized>().notNull(),
		/** Under whose name and seal it stands. */
		issuer: jsonb('issuer').$type<Localized>().notNull(),
		/** Before the year in the number, such as 法培. */
		prefix: text('prefix').notNull(),
		/** Leaves a place for the seal, beside the issuer's name. */
		sealPlace: boolean('seal_place').notNull().default(true),
		createdBy: uuid('created_by')
			.notNull()
			.references(() => people.id),
		createdAt: instant('created_at').notNull()
	},
	(table) => [uniqueIndex('certificate_template_versions_number').on(table.templateId, table.number)]
);

/** The courses, classes, exams or programmes that a template was chosen for. */
export const certificateSubjects = pgTable(
	'certificate_subjects',
	{
		templateId: uuid('template_id')
			.notNull()
			.references(() => certificateTemplates.id),
		/** Of the kind of the template. */
		subjectId: uuid('subject_id').notNull(),
		addedAt: instant('added_at').notNull()
	},
	(table) => [
		primaryKey({ columns: [table.templateId, table.subjectId] }),
		index('certificate_subjects_subject').on(table.subjectId)
	]
);

/** The last number given out, for each template and year: numbers follow one another without gaps. */
export const certificateSerials = pgTable(
	'certificate_serials',
	{
		templateId: uuid('template_id')
			.notNull()
			.references(() => certificateTemplates.id),
		year: smallint('year').notNull(),
		last: integer('last').notNull()
	},
	(table) => [
		primaryKey({ columns: [table.templateId, table.year] }),
		check('certificate_serials_last', sql`${table.last} > 0`)
	]
);

/** A key with which certificates are signed. Retired keys stay, so that what they signed can be checked for good. */
export const certificateKeys = pgTable(
	'certificate_keys',
	{
		id: id(),
		/** Raw Ed25519 public key, 32 bytes. */
		publicKey: bytea('public_key').notNull().unique(),
		/** PKCS #8. Gone once the key is retired: it signs nothing any more. */
		privateKey: bytea('private_key'),
		createdAt: instant('created_at').notNull(),
		retiredAt: instant('retired_at'),
		retiredBy: uuid('retired_by').references(() => people.id)
	},
	(table) => [
		uniqueIndex('certificate_keys_one_active')
			.on(sql`(true)`)
			.where(sql`${table.retiredAt} is null`),
		check('certificate_keys_public', sql`octet_length(${table.publicKey}) = 32`),
		check('certificate_keys_retired', sql`(${table.retiredAt} is null) = (${table.privateKey} is not null)`)
	]
);

/** Why a certificate holds no longer, in the general words that anybody may read. */
export const revocationGround = pgEnum('revocation_ground', [
	'regraded',
	'attendance',
	'hours',
	'programme',
	'decided'
]);

/** What stands on a certificate, as it was on the day of issue: later changes of names move nothing. */
export type Printed = {
	name: string;
	unit: string;
	subject: Localized;
	hours: number | null;
	/** Day on which it was earned. */
	earnedOn: string;
	/** Number as it is printed. */
	number: string;
};

/** A certificate of one person for one subject. A person has at most one that holds; what it says is frozen (trigger). */
export const certificates = pgTable(
	'certificates',
	{
		id: id(),
		kind: certificateKind('kind').notNull(),
		/** A course, an event, an exam (that which a make-up makes up for) or a programme. */
		subjectId: uuid('subject_id').notNull(),
		/** Of a programme that comes round: the first day of the period. */
		periodOn: date('period_on', { mode: 'string' }),
		personId: uuid('person_id')
			.notNull()
			.references(() => people.id),
		/** Unit of the day on which it was earned. */
		unitId: uuid('unit_id').references(() => units.id),
		templateId: uuid('template_id')
			.notNull()
			.references(() => certificateTemplates.id),
		versionId: uuid('version_id')
			.notNull()
			.references(() => certificateTemplateVersions.id),
		year: smallint('year').notNull(),
		serial: integer('serial').notNull(),
		/** 80 random bits in Crockford's base 32: sixteen characters, shown in groups of four. */
		code: text('code').notNull().unique(),
		printed: jsonb('printed').$type<Printed>().notNull(),
		earnedAt: instant('earned_at').notNull(),
		issuedAt: instant('issued_at').notNull(),
		/** The certificate that this one takes the place of, after it had been revoked. */
		follows: uuid('follows').references((): AnyPgColumn => certificates.id),
		/** Ed25519 over what stands on it; see certificates/sealed.ts. */
		keyId: uuid('key_id')
			.notNull()
			.references(() => certificateKeys.id),
		seal: bytea('seal').notNull(),
		revokedAt: instant('revoked_at'),
		/** Null where the platform revoked it, because what it rested on fell away. */
		revokedBy: uuid('revoked_by').references(() => people.id),
		revokedGround: revocationGround('revoked_ground'),
		/** The stated reason: for the holder and for those who decide. */
		revokedBecause: text('revoked_because')
	},
	(table) => [
		uniqueIndex('certificates_one_valid')
			.on(table.personId, table.kind, table.subjectId, sql`coalesce(${table.periodOn}, 'epoch'::date)`)
			.where(sql`${table.revokedAt} is null`),
		uniqueIndex('certificates_serial').on(table.templateId, table.year, table.serial),
		uniqueIndex('certificates_follows').on(table.follows),
		index('certificates_person').on(table.personId, table.issuedAt),
		index('certificates_issued').on(table.issuedAt, table.id),
		index('certificates_subject').on(table.subjectId),
		check('certificates_code', sql`${table.code} ~ '^[0-9A-HJKMNP-TV-Z]{16}$'`),
		check('certificates_serial_from_one', sql`${table.serial} > 0`),
		check(
			'certificates_revoked',
			sql`(${table.revokedAt} is null) = (${table.revokedGround} is null) and (${table.revokedAt} is not null or ${table.revokedBy} is null) and (${table.revokedGround} is distinct from 'decided' or (${table.revokedBy} is not null and length(btrim(${table.revokedBecause})) > 0))`
		),
		check('certificates_not_own', sql`${table.revokedBy} is null or ${table.revokedBy} <> ${table.personId}`)
	]
);

/** For whom certificates have to be held against the evidence again: a person, the programmes of a unit, or everybody of a template. */
export const certificateMarks = pgTable(
	'certificate_marks',
	{
		id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
		personId: uuid('person_id').references(() => people.id),
		unitId: uuid('unit_id').references(() => units.id),
		templateId: uuid('template_id').references(() => certificateTemplates.id)
	},
	(table) => [
		check('certificate_marks_one', sql`num_nonnulls(${table.personId}, ${table.unitId}, ${table.templateId}) = 1`)
	]
);
