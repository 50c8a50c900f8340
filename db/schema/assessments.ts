import { sql } from 'drizzle-orm';
import {
	type AnyPgColumn,
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
import { bytea, id, instant, ltree } from './columns.ts';
import { establishment, leadershipLevel, people, rank } from './people.ts';
import { units } from './units.ts';

/** Bands of the annual result, best first. A scheme need not use 良好 (good). */
export const assessmentBand = pgEnum('assessment_band', ['excellent', 'good', 'qualified', 'not-qualified']);

export const schemeState = pgEnum('scheme_state', ['draft', 'adopted', 'replaced']);

const score = (name: string) => numeric(name, { precision: 5, scale: 2, mode: 'number' });

/**
 * The stated rule of a year for a group of people. An adopted one is never changed (trigger): a copy takes its place.
 * Its parts are typed in src/lib/schemas/assessments.ts.
 */
export const assessmentSchemes = pgTable(
	'assessment_schemes',
	{
		id: id(),
		year: smallint('year').notNull(),
		name: text('name').notNull(),
		/** Among the schemes of a year the first whose group a person belongs to is theirs. Each that is empty narrows nothing. */
		position: smallint('position').notNull(),
		ranks: rank('ranks')
			.array()
			.notNull()
			.default(sql`'{}'`),
		levels: leadershipLevel('levels')
			.array()
			.notNull()
			.default(sql`'{}'`),
		establishments: establishment('establishments')
			.array()
			.notNull()
			.default(sql`'{}'`),
		/** Only people with a leading post, only those without, or both (null). */
		leading: boolean('leading'),
		components: jsonb('components').$type<unknown>().notNull(),
		minimums: jsonb('minimums').$type<unknown>().notNull(),
		vetoes: jsonb('vetoes').$type<unknown>().notNull(),
		bands: jsonb('bands').$type<unknown>().notNull(),
		/** Decimals of the total, rounded half up, once. */
		decimals: smallint('decimals').notNull(),
		/** The document on which the scheme as a whole rests. */
		basis: text('basis').notNull(),
		state: schemeState('state').notNull().default('draft'),
		version: integer('version').notNull().default(1),
		/** The adopted scheme whose place it takes. */
		followsId: uuid('follows_id').references((): AnyPgColumn => assessmentSchemes.id),
		createdBy: uuid('created_by').references(() => people.id),
		createdAt: instant('created_at').notNull(),
		adoptedBy: uuid('adopted_by').references(() => people.id),
		adoptedAt: instant('adopted_at')
	},
	(table) => [
		index('assessment_schemes_year').on(table.year, table.position),
		uniqueIndex('assessment_schemes_order')
			.on(table.year, table.position)
			.where(sql`${table.state} = 'adopted'`),
		check('assessment_schemes_name', sql`btrim(${table.name}) <> '' and btrim(${table.basis}) <> ''`),
		check('assessment_schemes_decimals', sql`${table.decimals} between 0 and 2`),
		check('assessment_schemes_adopted', sql`(${table.state} = 'draft') = (${table.adoptedAt} is null)`)
	]
);

/** The mark of a unit for a year, which may count for its people. The newest entry holds. */
export const assessmentUnitMarks = pgTable(
	'assessment_unit_marks',
	{
		id: id(),
		year: smallint('year').notNull(),
		unitId: uuid('unit_id')
			.notNull()
			.references(() => units.id),
		mark: score('mark').notNull(),
		/** Document or reason. */
		basis: text('basis').notNull(),
		enteredBy: uuid('entered_by')
			.notNull()
			.references(() => people.id),
		enteredAt: instant('entered_at').notNull()
	},
	(table) => [
		index('assessment_unit_marks_unit').on(table.year, table.unitId, table.enteredAt),
		check('assessment_unit_marks_range', sql`${table.mark} between 0 and 100 and btrim(${table.basis}) <> ''`)
	]
);

/** open → drafted → unit-review → hr-review → published → signed → closed. `drafting` while the rule is being applied. */
export const cycleState = pgEnum('cycle_state', [
	'open',
	'drafting',
	'drafted',
	'unit-review',
	'hr-review',
	'published',
	'signed',
	'closed'
]);

/** One round of annual assessment of one year over a unit and everything below it. */
export const assessmentCycles = pgTable(
	'assessment_cycles',
	{
		id: id(),
		year: smallint('year').notNull(),
		unitId: uuid('unit_id')
			.notNull()
			.references(() => units.id),
		/** The unit's place when it was opened: cycles of a year never overlap (trigger). */
		path: ltree('path').notNull(),
		state: cycleState('state').notNull().default('open'),
		/** What is known up to the end of this day counts. */
		until: date('until', { mode: 'string' }).notNull(),
		/** Units so many levels below the root review their people; 0: the root itself. */
		reviewDepth: smallint('review_depth').notNull().default(1),
		/** By when units are to have reviewed, and how many days people have to object. */
		reviewsDueOn: date('reviews_due_on', { mode: 'string' }).notNull(),
		objectionDays: smallint('objection_days').notNull().default(5),
		/** Last day for objections, once published. */
		objectionsUntil: date('objections_until', { mode: 'string' }),
		/** People looked at so far, and in all; results made. */
		done: integer('done').notNull().default(0),
		total: integer('total').notNull().default(0),
		results: integer('results').notNull().default(0),
		/** The drafting that is under way: one that another has overtaken stops. */
		run: uuid('run'),
		openedBy: uuid('opened_by').references(() => people.id),
		openedAt: instant('opened_at').notNull(),
		draftedAt: instant('drafted_at'),
		reviewingAt: instant('reviewing_at'),
		reviewedAt: instant('reviewed_at'),
		publishedAt: instant('published_at'),
		publishedBy: uuid('published_by').references(() => people.id),
		signedAt: instant('signed_at'),
		signedBy: uuid('signed_by').references(() => people.id),
		closedAt: instant('closed_at'),
		/** SHA-256 over the digests of its units, in their order. */
		digest: bytea('digest')
	},
	(table) => [
		uniqueIndex('assessment_cycles_unit').on(table.year, table.unitId),
		check(
			'assessment_cycles_days',
			sql`${table.objectionDays} between 1 and 60 and ${table.reviewDepth} between 0 and 5`
		),
		check(
			'assessment_cycles_published',
			sql`(${table.state} in ('published', 'signed', 'closed')) = (${table.publishedAt} is not null and ${table.objectionsUntil} is not null)`
		),
		check('assessment_cycles_signed', sql`(${table.state} in ('signed', 'closed')) = (${table.signedAt} is not null)`),
		check(
			'assessment_cycles_closed',
			sql`(${table.state} = 'closed') = (${table.closedAt} is not null and ${table.digest} is not null)`
		)
	]
);

/** A unit in a cycle as it stood when the cycle was drafted, with the figures of its own people once closed. */
export const assessmentUnits = pgTable(
	'assessment_units',
	{
		cycleId: uuid('cycle_id')
			.notNull()
			.references(() => assessmentCycles.id),
		unitId: uuid('unit_id')
			.notNull()
			.references(() => units.id),
		/** Official order, depth first: a unit with everything below it is one span of places. */
		position: integer('position').notNull(),
		depth: smallint('depth').notNull(),
		path: ltree('path').notNull(),
		name: text('name').notNull(),
		/** The unit that reviews its people. */
		reviewUnitId: uuid('review_unit_id')
			.notNull()
			.references(() => units.id),
		/** Places of the results of its own people, and of those below: from `first` on, `own` and `people` many. */
		first: integer('first').notNull().default(1),
		own: integer('own').notNull().default(0),
		people: integer('people').notNull().default(0),
		/** Of its own people, once closed. */
		excellent: integer('excellent'),
		good: integer('good'),
		qualified: integer('qualified'),
		notQualified: integer('not_qualified'),
		digest: bytea('digest')
	},
	(table) => [
		primaryKey({ columns: [table.cycleId, table.unitId] }),
		uniqueIndex('assessment_units_position').on(table.cycleId, table.position)
	]
);

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

/** The review of a unit: open until it is handed in, and again when HR gives it back. */
export const assessmentReviews = pgTable(
	'assessment_reviews',
	{
		cycleId: uuid('cycle_id')
			.notNull()
			.references(() => assessmentCycles.id),
		unitId: uuid('unit_id')
			.notNull()
			.references(() => units.id),
		submittedBy: uuid('submitted_by').references(() => people.id),
		submittedAt: instant('submitted_at'),
		/** Remark of HR, where it was given back. */
		returnedBecause: text('returned_because'),
		remindedAt: instant('reminded_at')
	},
	(table) => [
		primaryKey({ columns: [table.cycleId, table.unitId] }),
		check('assessment_reviews_submitted', sql`(${table.submittedAt} is null) = (${table.submittedBy} is null)`)
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

/** 年度考核等次 (公务员法 Art. 38): 优秀, 称职, 基本称职, 不称职. */
export const annualGrade = pgEnum('annual_grade', ['excellent', 'competent', 'basically-competent', 'incompetent']);

/** The grade that the assessment committee decided, with its document. Never computed; the newest entry holds. */
export const annualGrades = pgTable(
	'annual_grades',
	{
		id: id(),
		personId: uuid('person_id')
			.notNull()
			.references(() => people.id),
		year: smallint('year').notNull(),
		grade: annualGrade('grade').notNull(),
		/** Number of the document, and the day on which it was decided. */
		document: text('document').notNull(),
		decidedOn: date('decided_on', { mode: 'string' }).notNull(),
		/** Why it takes the place of an earlier entry. */
		because: text('because'),
		source: text('source', { enum: ['typed', 'import'] }).notNull(),
		enteredBy: uuid('entered_by')
			.notNull()
			.references(() => people.id),
		enteredAt: instant('entered_at').notNull()
	},
	(table) => [
		index('annual_grades_person').on(table.personId, table.year, table.enteredAt),
		check('annual_grades_document', sql`btrim(${table.document}) <> ''`),
		check('annual_grades_not_own', sql`${table.enteredBy} <> ${table.personId}`)
	]
);

/** A sheet of the committee's grades that was read and is looked at before it is written. */
export const annualGradeImports = pgTable(
	'annual_grade_imports',
	{
		id: id(),
		cycleId: uuid('cycle_id')
			.notNull()
			.references(() => assessmentCycles.id),
		fileName: text('file_name').notNull(),
		document: text('document').notNull(),
		decidedOn: date('decided_on', { mode: 'string' }).notNull(),
		/** Type `GradeRow[]` of assessments/grades/read-grades.ts. */
		rows: jsonb('rows').$type<unknown>().notNull(),
		createdBy: uuid('created_by')
			.notNull()
			.references(() => people.id),
		createdAt: instant('created_at').notNull(),
		committedAt: instant('committed_at')
	},
	(table) => [index('annual_grade_imports_cycle').on(table.cycleId, table.createdAt)]
);
