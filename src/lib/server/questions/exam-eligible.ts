import { type SQL, sql } from 'drizzle-orm';
import { units } from '#db/schema/units.ts';
import type { questions } from '#db/schema/questions.ts';
import type { CalendarDate } from '../platform/dates.ts';

/**
 * Whether a question of the bank may be drawn for an exam on a day. In a closed-book exam nothing is asked that is public in
 * the course library or that somebody has seen with its explanation. An exam draws from the courses, from what its own unit and
 * those below it keep, and from what the units above it share. To draw a question is not to see it: see docs/decisions/013.
 * @param unitId whose exam it is
 */
export function examEligible(
	question: typeof questions,
	{ unitId, closedBook, today }: { unitId: string; closedBook: boolean; today: CalendarDate }
): SQL {
	const secret = closedBook ? sql`${question.courseId} is null and ${question.disclosedAt} is null` : sql`true`;
	return sql`(
		${question.state} = 'published' and ${question.archivedAt} is null
		and (${question.use} in ('exam', 'both') or ${question.courseId} is not null)
		and (${question.usableFrom} is null or ${question.usableFrom} <= ${today})
		and (${question.usableUntil} is null or ${today} < ${question.usableUntil})
		and (${question.courseId} is not null or exists (
			select 1 from ${units} keeper join ${units} holder
				on holder.path @> keeper.path or (${question.shared} and holder.path <@ keeper.path)
			where keeper.id = ${question.unitId} and holder.id = ${unitId}))
		and ${secret})`;
}
