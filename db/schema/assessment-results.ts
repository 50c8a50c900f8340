import { sql } from 'drizzle-orm';
import { check, index, integer, jsonb, pgEnum, pgTable, smallint, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { assessmentSchemes } from './assessment-schemes.ts';
import { assessmentCycles } from './assessments.ts';
import { id, instant, score } from './columns.ts';
import { people } from './people.ts';
import { units } from './units.ts';

/** Bands of the annual result, best first. A scheme need not use 良好 (good). */
export const assessmentBand = pgEnum('assessment_band', ['excellent', 'good', 'qualified', 'not-qualified']);

/** The result of one person for one year: drafted by the rule, adjusted with reasons, published, frozen with its cycle (triggers). */
export const assessmentResults = pgTable(
	'assessment_results',
	{
		id: id(),
		cycleId: uuid('cycle_id')
			.notNull()
			.references(() => assessmentCycles.id),
		personId: uuid('person_id')
			.notNull()
			.references(() => people.id),
		year: smallint('year').notNull(),
		/** The person's unit on the day up to which things counted. */
		unitId: uuid('unit_id')
			.notNull()
			.references(() => units.id),
		/** Place in the cycle: units in official order, people by name. */
		place: integer('place').notNull(),
		schemeId: uuid('scheme_id')
			.notNull()
			.references(() => assessmentSchemes.id),
		/** The facts that it was computed from, with their evidence (type `Inputs` of assessments/inputs.ts). Never changed. */
		inputs: jsonb('inputs').$type<unknown>().notNull(),
		/** Score of each component of the scheme in its order, in hundredths; null where it does not apply to the person. */
		parts: jsonb('parts').$type<(number | null)[]>().notNull(),
		/** Minimums and vetoes of the scheme that held the band down. */
		limits: text('limits').array().notNull(),
		draftScore: score('draft_score').notNull(),
		draftBand: assessmentBand('draft_band').notNull(),
		/** What holds, adjustments included; amendments after closing stand apart. */
		score: score('score').notNull(),
		band: assessmentBand('band').notNull(),
		draftedAt: instant('drafted_at').notNull()
	},
	(table) => [
		uniqueIndex('assessment_results_once').on(table.personId, table.year),
		uniqueIndex('assessment_results_place').on(table.cycleId, table.place),
		index('assessment_results_band').on(table.cycleId, table.band, table.place),
		check('assessment_results_score', sql`${table.score} between 0 and 100 and ${table.draftScore} between 0 and 100`)
	]
);

export const adjustmentStage = pgEnum('adjustment_stage', ['unit-review', 'hr-review', 'objection']);

/** A result that was changed before sign-off: what it was, what it became, why. Appended, never changed (trigger). */
export const assessmentAdjustments = pgTable(
	'assessment_adjustments',
	{
		id: id(),
		resultId: uuid('result_id')
			.notNull()
			.references(() => assessmentResults.id),
		stage: adjustmentStage('stage').notNull(),
		fromScore: score('from_score').notNull(),
		toScore: score('to_score').notNull(),
		fromBand: assessmentBand('from_band').notNull(),
		toBand: assessmentBand('to_band').notNull(),
		reason: text('reason').notNull(),
		adjustedBy: uuid('adjusted_by')
			.notNull()
			.references(() => people.id),
		adjustedAt: instant('adjusted_at').notNull()
	},
	(table) => [
		index('assessment_adjustments_result').on(table.resultId, table.adjustedAt),
		check('assessment_adjustments_reason', sql`length(btrim(${table.reason})) > 0`),
		check(
			'assessment_adjustments_differs',
			sql`${table.fromBand} <> ${table.toBand} or ${table.fromScore} <> ${table.toScore}`
		)
	]
);

/** A word of those who review about a result; changes nothing. */
export const assessmentComments = pgTable(
	'assessment_comments',
	{
		id: id(),
		resultId: uuid('result_id')
			.notNull()
			.references(() => assessmentResults.id),
		text: text('text').notNull(),
		writtenBy: uuid('written_by')
			.notNull()
			.references(() => people.id),
		writtenAt: instant('written_at').notNull()
	},
	(table) => [
		index('assessment_comments_result').on(table.resultId, table.writtenAt),
		check('assessment_comments_text', sql`length(btrim(${table.text})) > 0`)
	]
);

export const objectionState = pgEnum('objection_state', ['open', 'upheld', 'dismissed', 'withdrawn']);

/** 异议: a person objects to their published result. Decided by somebody who has not adjusted it. */
export const assessmentObjections = pgTable(
	'assessment_objections',
	{
		id: id(),
		resultId: uuid('result_id')
			.notNull()
			.references(() => assessmentResults.id),
		reason: text('reason').notNull(),
		raisedAt: instant('raised_at').notNull(),
		state: objectionState('state').notNull().default('open'),
		answer: text('answer'),
		decidedBy: uuid('decided_by').references(() => people.id),
		decidedAt: instant('decided_at')
	},
	(table) => [
		index('assessment_objections_result').on(table.resultId),
		uniqueIndex('assessment_objections_one_open')
			.on(table.resultId)
			.where(sql`${table.state} = 'open'`),
		check('assessment_objections_reason', sql`length(btrim(${table.reason})) > 0`),
		check(
			'assessment_objections_decided',
			sql`(${table.state} in ('upheld', 'dismissed')) = (${table.decidedBy} is not null) and (${table.decidedBy} is null or length(btrim(${table.answer})) > 0)`
		)
	]
);

/** A correction of a closed result: appended, never overwriting. The newest holds. Signed by the password of whoever decides. */
export const assessmentAmendments = pgTable(
	'assessment_amendments',
	{
		id: id(),
		resultId: uuid('result_id')
			.notNull()
			.references(() => assessmentResults.id),
		fromBand: assessmentBand('from_band').notNull(),
		toBand: assessmentBand('to_band').notNull(),
		fromScore: score('from_score'),
		toScore: score('to_score'),
		reason: text('reason').notNull(),
		amendedBy: uuid('amended_by')
			.notNull()
			.references(() => people.id),
		amendedAt: instant('amended_at').notNull()
	},
	(table) => [
		index('assessment_amendments_result').on(table.resultId, table.amendedAt),
		check('assessment_amendments_reason', sql`length(btrim(${table.reason})) > 0`),
		check(
			'assessment_amendments_differs',
			sql`${table.fromBand} <> ${table.toBand} or ${table.fromScore} is distinct from ${table.toScore}`
		)
	]
);
