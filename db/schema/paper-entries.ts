import { sql } from 'drizzle-orm';
import { check, jsonb, pgTable, primaryKey, smallint, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';
import { examAttempts } from './exam-sittings.ts';
import { people } from './people.ts';

/**
 * A paper that was sat on paper, as somebody entered it; the newest entry of an attempt holds. The first one hands the attempt in,
 * further ones correct it. Never changed, so that what was typed once can be read for ever.
 */
export const examPaperEntries = pgTable(
	'exam_paper_entries',
	{
		attemptId: uuid('attempt_id')
			.notNull()
			.references(() => examAttempts.id),
		/** Whoever enters says which one they have seen last: the second of two who enter the same comes too late. */
		number: smallint('number').notNull(),
		/** The answers, or, where only marks are at hand, the points of questions or of whole sections. */
		way: text('way', { enum: ['answers', 'questions', 'sections'] }).notNull(),
		/** Answers in stated letters by slot. */
		answers: jsonb('answers').$type<Record<string, unknown>>().notNull().default({}),
		/** Points given on the paper: by slot, or by section. */
		points: jsonb('points').$type<Record<string, number>>().notNull().default({}),
		because: text('because'),
		enteredBy: uuid('entered_by')
			.notNull()
			.references(() => people.id),
		enteredAt: instant('entered_at').notNull()
	},
	(table) => [
		primaryKey({ columns: [table.attemptId, table.number] }),
		check('exam_paper_entries_number', sql`${table.number} > 0`),
		check(
			'exam_paper_entries_because',
			sql`(${table.number} = 1 and ${table.way} = 'answers') or length(btrim(coalesce(${table.because}, ''))) > 0`
		)
	]
);
