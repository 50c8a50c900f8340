import { sql } from 'drizzle-orm';
import {
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
import { id, instant, type Localized } from './columns.ts';
import { files } from './files.ts';
import { people } from './people.ts';
import { type unitKind, units } from './units.ts';
import { workPlans } from './work-plans.ts';

const points = (name: string) => numeric(name, { precision: 6, scale: 2, mode: 'number' });

/** One round of annual reports: a unit asks those right below it. */
export const reportCycles = pgTable(
	'report_cycles',
	{
		id: id(),
		/** Whoever asks and accepts. */
		unitId: uuid('unit_id')
			.notNull()
			.references(() => units.id),
		/** The year that the reports are about; they are due in the next one. */
		year: smallint('year').notNull(),
		/** Its items are the sections of the reports. */
		planId: uuid('plan_id')
			.notNull()
			.references(() => workPlans.id),
		/** Due date by kind of unit. */
		dues: jsonb('dues').$type<Partial<Record<(typeof unitKind.enumValues)[number], string>>>().notNull(),
		/** So many days late costs so many points, so many months so many more; later still, the item scores nothing. */
		lateDays: smallint('late_days').notNull().default(15),
		lateOff: points('late_off').notNull().default(0.5),
		laterMonths: smallint('later_months').notNull().default(1),
		laterOff: points('later_off').notNull().default(1),
		openedBy: uuid('opened_by')
			.notNull()
			.references(() => people.id),
		openedAt: instant('opened_at').notNull()
	},
	(table) => [
		uniqueIndex('report_cycles_once').on(table.unitId, table.year),
		check('report_cycles_late', sql`${table.lateDays} between 0 and 366 and ${table.laterMonths} between 0 and 12`),
		check('report_cycles_off', sql`0 <= ${table.lateOff} and ${table.lateOff} <= ${table.laterOff}`)
	]
);

/** not-started → draft → submitted → accepted, or returned with remarks and submitted again. The trigger is in the migration. */
export const reportState = pgEnum('report_state', ['not-started', 'draft', 'submitted', 'returned', 'accepted']);

/** The annual report of one unit in one round. */
export const unitReports = pgTable(
	'unit_reports',
	{
		id: id(),
		cycleId: uuid('cycle_id')
			.notNull()
			.references(() => reportCycles.id),
		unitId: uuid('unit_id')
			.notNull()
			.references(() => units.id),
		state: reportState('state').notNull().default('not-started'),
		/** By when it is to be handed in: of the round, put off by an extension, or set anew when it is returned. */
		dueOn: date('due_on', { mode: 'string' }).notNull()
	},
	(table) => [
		uniqueIndex('unit_reports_once').on(table.cycleId, table.unitId),
		index('unit_reports_unit').on(table.unitId),
		index('unit_reports_due')
			.on(table.dueOn)
			.where(sql`${table.state} not in ('submitted', 'accepted')`)
	]
);

/** A section as it stands in the draft. `key` is the id of an item of the plan, or one of the fixed sections. */
export const reportSections = pgTable(
	'report_sections',
	{
		reportId: uuid('report_id')
			.notNull()
			.references(() => unitReports.id),
		key: text('key').notNull(),
		text: text('text').notNull(),
		/** Rises with every saving: whoever saves says which one they had read. */
		version: integer('version').notNull(),
		updatedBy: uuid('updated_by')
			.notNull()
			.references(() => people.id),
		updatedAt: instant('updated_at').notNull()
	},
	(table) => [primaryKey({ columns: [table.reportId, table.key] })]
);

/** A figure that the platform does not know, with where it comes from. */
export const reportFigures = pgTable(
	'report_figures',
	{
		id: id(),
		reportId: uuid('report_id')
			.notNull()
			.references(() => unitReports.id),
		label: text('label').notNull(),
		value: numeric('value', { precision: 14, scale: 2, mode: 'number' }).notNull(),
		/** 件, 人次, %. */
		measure: text('measure').notNull().default(''),
		source: text('source').notNull(),
		asOf: date('as_of', { mode: 'string' }).notNull(),
		addedBy: uuid('added_by')
			.notNull()
			.references(() => people.id),
		addedAt: instant('added_at').notNull()
	},
	(table) => [
		uniqueIndex('report_figures_label').on(table.reportId, table.label),
		check('report_figures_source', sql`length(btrim(${table.source})) > 0`)
	]
);

/** A file that proves what a section says. */
export const reportEvidence = pgTable(
	'report_evidence',
	{
		reportId: uuid('report_id')
			.notNull()
			.references(() => unitReports.id),
		fileId: uuid('file_id')
			.notNull()
			.references(() => files.id),
		section: text('section').notNull(),
		/** Removed from the draft; what was handed in with it keeps it. */
		removedAt: instant('removed_at')
	},
	(table) => [primaryKey({ columns: [table.reportId, table.fileId] })]
);

/** What authors and those above say to each other about a section, or about the whole. */
export const reportComments = pgTable(
	'report_comments',
	{
		id: id(),
		reportId: uuid('report_id')
			.notNull()
			.references(() => unitReports.id),
		section: text('section'),
		text: text('text').notNull(),
		writtenBy: uuid('written_by')
			.notNull()
			.references(() => people.id),
		writtenAt: instant('written_at').notNull(),
		settledBy: uuid('settled_by').references(() => people.id),
		settledAt: instant('settled_at')
	},
	(table) => [
		index('report_comments_report').on(table.reportId, table.writtenAt),
		check('report_comments_text', sql`length(btrim(${table.text})) > 0`)
	]
);

export type FrozenSection = {
	key: string;
	/** Heading of the plan over the item. */
	group: Localized | null;
	title: Localized;
	asks: Localized | null;
	text: string;
};

export type FrozenFigure = {
	/** One of the platform's figures, or the id of a manual one. */
	key: string;
	source: 'platform' | 'manual';
	value: number;
	/** Of a manual figure. */
	label?: string;
	measure?: string;
	from?: string;
	/** Instant up to which it counts, or the date of a manual figure. */
	asOf: string;
	href?: string;
};

/** Everything that a version says. Printing, DOCX and the compiled report read nothing else. */
export type ReportContent = {
	year: number;
	unit: { id: string; name: string };
	to: { id: string; name: string };
	plan: { id: string; title: Localized };
	sections: FrozenSection[];
	figures: FrozenFigure[];
	evidence: { fileId: string; name: string; size: number; section: string; hash: string }[];
};

/** A report as it was handed in. Never changed (trigger). */
export const reportVersions = pgTable(
	'report_versions',
	{
		id: id(),
		reportId: uuid('report_id')
			.notNull()
			.references(() => unitReports.id),
		number: smallint('number').notNull(),
		content: jsonb('content').$type<ReportContent>().notNull(),
		/** SHA-256 over the content, printed with it. */
		digest: text('digest').notNull(),
		/** The due date that held when it was handed in. */
		dueOn: date('due_on', { mode: 'string' }).notNull(),
		submittedBy: uuid('submitted_by')
			.notNull()
			.references(() => people.id),
		submittedAt: instant('submitted_at').notNull()
	},
	(table) => [uniqueIndex('report_versions_number').on(table.reportId, table.number)]
);

/** The head of the unit, as first responsible person, signs a version that was handed in. */
export const reportSignatures = pgTable('report_signatures', {
	versionId: uuid('version_id')
		.primaryKey()
		.references(() => reportVersions.id),
	signedBy: uuid('signed_by')
		.notNull()
		.references(() => people.id),
	signedAt: instant('signed_at').notNull()
});

/** What those above decided about a version: returned with remarks and a new date, or accepted. */
export const reportDecisions = pgTable(
	'report_decisions',
	{
		versionId: uuid('version_id')
			.primaryKey()
			.references(() => reportVersions.id),
		decision: text('decision', { enum: ['returned', 'accepted'] }).notNull(),
		remarks: text('remarks').notNull().default(''),
		/** By when a returned one is due again. */
		againBy: date('again_by', { mode: 'string' }),
		decidedBy: uuid('decided_by')
			.notNull()
			.references(() => people.id),
		decidedAt: instant('decided_at').notNull()
	},
	(table) => [
		check('report_decisions_returned', sql`(${table.decision} = 'returned') = (${table.againBy} is not null)`),
		check('report_decisions_remarks', sql`${table.decision} = 'accepted' or length(btrim(${table.remarks})) > 0`)
	]
);

/** A due date that was put off: what it was, what it became, and why. */
export const reportExtensions = pgTable(
	'report_extensions',
	{
		id: id(),
		reportId: uuid('report_id')
			.notNull()
			.references(() => unitReports.id),
		before: date('before', { mode: 'string' }).notNull(),
		after: date('after', { mode: 'string' }).notNull(),
		reason: text('reason').notNull(),
		decidedBy: uuid('decided_by')
			.notNull()
			.references(() => people.id),
		decidedAt: instant('decided_at').notNull()
	},
	(table) => [
		index('report_extensions_report').on(table.reportId, table.decidedAt),
		check('report_extensions_later', sql`${table.after} > ${table.before}`),
		check('report_extensions_reason', sql`length(btrim(${table.reason})) > 0`)
	]
);
