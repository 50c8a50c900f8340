import { sql } from 'drizzle-orm';
import { boolean, check, index, pgEnum, pgTable, primaryKey, smallint, text, uuid } from 'drizzle-orm/pg-core';
import { instant, points } from './columns.ts';
import { examPapers } from './exam-papers.ts';
import { exams } from './exams.ts';
import { leadershipLevel, people, rank } from './people.ts';
import { units } from './units.ts';

/** Whom an exam names: a person, or everybody of a unit (with or without those below), narrowed to ranks and levels. */
export const examTargets = pgTable(
	'exam_targets',
	{
		examId: uuid('exam_id')
			.notNull()
			.references(() => exams.id, { onDelete: 'cascade' }),
		position: smallint('position').notNull(),
		personId: uuid('person_id').references(() => people.id),
		unitId: uuid('unit_id').references(() => units.id),
		subtree: boolean('subtree').notNull().default(true),
		ranks: rank('ranks')
			.array()
			.notNull()
			.default(sql`'{}'`),
		levels: leadershipLevel('levels')
			.array()
			.notNull()
			.default(sql`'{}'`)
	},
	(table) => [
		primaryKey({ columns: [table.examId, table.position] }),
		check('exam_targets_one', sql`(${table.personId} is null) <> (${table.unitId} is null)`)
	]
);

/** 应考 due to sit, or 免考 exempt. */
export const candidateStatus = pgEnum('candidate_status', ['due', 'exempt']);
/** What became of somebody who was due to sit, once that is known. */
export const examOutcome = pgEnum('exam_outcome', ['passed', 'failed', 'absent']);

/** A person in an exam, with unit and rank of the day on which the list was made. */
export const examCandidates = pgTable(
	'exam_candidates',
	{
		examId: uuid('exam_id')
			.notNull()
			.references(() => exams.id),
		personId: uuid('person_id')
			.notNull()
			.references(() => people.id),
		unitId: uuid('unit_id').references(() => units.id),
		rank: rank('rank'),
		leadershipLevel: leadershipLevel('leadership_level'),
		paperId: uuid('paper_id')
			.notNull()
			.references(() => examPapers.id),
		status: candidateStatus('status').notNull().default('due'),
		/** Seen by the person and by those who decide; lists, exports and prints say 免考. */
		exemptBecause: text('exempt_because'),
		/** The person's own window, after staggering. */
		opensAt: instant('opens_at').notNull(),
		closesAt: instant('closes_at').notNull(),
		extraMinutes: smallint('extra_minutes').notNull().default(0),
		/** Minutes of pause that the person may take. */
		pauseMinutes: smallint('pause_minutes').notNull().default(0),
		accommodatedBecause: text('accommodated_because'),
		seat: text('seat'),
		/** Set by marking: of the attempt that counts, or the mean of all. */
		score: points('score'),
		outcome: examOutcome('outcome'),
		excellent: boolean('excellent').notNull().default(false)
	},
	(table) => [
		primaryKey({ columns: [table.examId, table.personId] }),
		index('exam_candidates_person').on(table.personId, table.opensAt),
		index('exam_candidates_unit').on(table.examId, table.unitId),
		check('exam_candidates_exempt', sql`(${table.status} = 'exempt') = (length(btrim(${table.exemptBecause})) > 0)`),
		check('exam_candidates_window', sql`${table.opensAt} < ${table.closesAt}`),
		check(
			'exam_candidates_accommodated',
			sql`${table.extraMinutes} >= 0 and ${table.pauseMinutes} >= 0 and ((${table.extraMinutes} = 0 and ${table.pauseMinutes} = 0) or length(btrim(${table.accommodatedBecause})) > 0)`
		),
		check('exam_candidates_outcome', sql`${table.outcome} is null or ${table.status} = 'due'`),
		check('exam_candidates_excellent', sql`not ${table.excellent} or ${table.outcome} = 'passed'`)
	]
);
