import { bigint, date, index, integer, pgTable, smallint, unique, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';
import { courses } from './courses.ts';
import { units } from './units.ts';

/**
 * People per unit, year and course, by the earliest date that is still open for them.
 * `course_id` null counts people over everything they owe; `open_due_on` null means that everything is completed. Whoever
 * is exempt from all of it is counted in `exempt` only.
 * Overdue is not stored: it is every row whose `open_due_on` lies before today.
 */
export const completionRollups = pgTable(
	'completion_rollups',
	{
		unitId: uuid('unit_id')
			.notNull()
			.references(() => units.id),
		year: smallint('year').notNull(),
		courseId: uuid('course_id').references(() => courses.id),
		openDueOn: date('open_due_on', { mode: 'string' }),
		people: integer('people').notNull(),
		/** Of these, people who have begun. */
		started: integer('started').notNull(),
		exempt: integer('exempt').notNull().default(0)
	},
	(table) => [
		unique('completion_rollups_key').on(table.unitId, table.year, table.courseId, table.openDueOn).nullsNotDistinct(),
		index('completion_rollups_year').on(table.year, table.courseId)
	]
);

/** Units whose figures have changed since they were last rolled up. */
export const completionDirty = pgTable(
	'completion_dirty',
	{
		id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
		unitId: uuid('unit_id')
			.notNull()
			.references(() => units.id),
		year: smallint('year').notNull(),
		at: instant('at').notNull()
	},
	(table) => [index('completion_dirty_unit').on(table.unitId, table.year)]
);
