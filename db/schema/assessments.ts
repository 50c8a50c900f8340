import { sql } from 'drizzle-orm';
import {
	check,
	index,
	integer,
	jsonb,
	numeric,
	pgEnum,
	pgTable,
	smallint,
	text,
	uniqueIndex,
	uuid
} from 'drizzle-orm/pg-core';
import { id, instant } from './columns.ts';
import { people } from './people.ts';
import { units } from './units.ts';

export const assessmentBand = pgEnum('assessment_band', ['excellent', 'qualified', 'not-qualified']);

/** The stated rule of a year: thresholds by which a result is proposed. */
export const assessmentSchemes = pgTable(
	'assessment_schemes',
	{
		year: smallint('year').primaryKey(),
		/** Share of required courses completed, in percent of 100, from which a person is qualified; and excellent. */
		qualifiedFrom: numeric('qualified_from', { precision: 5, scale: 2, mode: 'number' }).notNull().default(60),
		excellentFrom: numeric('excellent_from', { precision: 5, scale: 2, mode: 'number' }).notNull().default(90),
		/** Weight of required courses against check results, in percent; hours weigh nothing (国办函〔2026〕12号). */
		coursesWeight: smallint('courses_weight').notNull().default(60),
		/** Training hours below which nobody is qualified; 0 asks for none. */
		minimumHours: numeric('minimum_hours', { precision: 6, scale: 1, mode: 'number' }).notNull().default(0),
		version: integer('version').notNull().default(1),
		updatedBy: uuid('updated_by').references(() => people.id),
		updatedAt: instant('updated_at').notNull()
	},
	(table) => [
		check(
			'assessment_schemes_order',
			sql`0 <= ${table.qualifiedFrom} and ${table.qualifiedFrom} <= ${table.excellentFrom} and ${table.excellentFrom} <= 100`
		),
		check('assessment_schemes_weight', sql`${table.coursesWeight} between 0 and 100`),
		check('assessment_schemes_hours', sql`${table.minimumHours} >= 0`)
	]
);

export type AssessmentComponents = {
	requiredCourses: number;
	completedCourses: number;
	completedOnTime: number;
	checksAnswered: number;
	checksCorrect: number;
	hours: number;
	coursesScore: number;
	checksScore: number | null;
	reasons: string[];
};

/** The result of one person for one year: proposed by rule, then confirmed by HR. A confirmed result is frozen (trigger). */
export const assessmentResults = pgTable(
	'assessment_results',
	{
		id: id(),
		personId: uuid('person_id')
			.notNull()
			.references(() => people.id),
		year: smallint('year').notNull(),
		/** The person's unit when the result was proposed. */
		unitId: uuid('unit_id')
			.notNull()
			.references(() => units.id),
		proposedBand: assessmentBand('proposed_band').notNull(),
		score: numeric('score', { precision: 5, scale: 2, mode: 'number' }).notNull(),
		components: jsonb('components').$type<AssessmentComponents>().notNull(),
		/** The rule and its thresholds as they stood. */
		scheme: jsonb('scheme').$type<Record<string, number>>().notNull(),
		proposedAt: instant('proposed_at').notNull(),
		confirmedBand: assessmentBand('confirmed_band'),
		/** Required where the confirmed result differs from the proposed one. */
		reason: text('reason'),
		confirmedBy: uuid('confirmed_by').references(() => people.id),
		confirmedAt: instant('confirmed_at')
	},
	(table) => [
		uniqueIndex('assessment_results_once').on(table.personId, table.year),
		index('assessment_results_unit').on(table.year, table.unitId),
		check(
			'assessment_results_confirmed',
			sql`(${table.confirmedBand} is null) = (${table.confirmedAt} is null) and (${table.confirmedBand} is null) = (${table.confirmedBy} is null)`
		),
		check(
			'assessment_results_reason',
			sql`${table.confirmedBand} is null or ${table.confirmedBand} = ${table.proposedBand} or length(btrim(${table.reason})) > 0`
		),
		check('assessment_results_not_own', sql`${table.confirmedBy} is null or ${table.confirmedBy} <> ${table.personId}`)
	]
);

/** A correction of a confirmed result: appended, never overwriting. The newest holds. */
export const assessmentAmendments = pgTable(
	'assessment_amendments',
	{
		id: id(),
		resultId: uuid('result_id')
			.notNull()
			.references(() => assessmentResults.id),
		fromBand: assessmentBand('from_band').notNull(),
		toBand: assessmentBand('to_band').notNull(),
		reason: text('reason').notNull(),
		amendedBy: uuid('amended_by')
			.notNull()
			.references(() => people.id),
		amendedAt: instant('amended_at').notNull()
	},
	(table) => [
		index('assessment_amendments_result').on(table.resultId, table.amendedAt),
		check('assessment_amendments_reason', sql`length(btrim(${table.reason})) > 0`),
		check('assessment_amendments_differs', sql`${table.fromBand} <> ${table.toBand}`)
	]
);
