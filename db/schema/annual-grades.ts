import { sql } from 'drizzle-orm';
import { check, date, index, jsonb, pgEnum, pgTable, smallint, text, uuid } from 'drizzle-orm/pg-core';
import { assessmentCycles } from './assessments.ts';
import { id, instant } from './columns.ts';
import { people } from './people.ts';

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
