import { type SQL, sql } from 'drizzle-orm';
import { openRounds } from '../../courses/open-rounds.ts';
import type { Context } from '../../platform/context.ts';
import { dateOf } from '../../platform/dates.ts';
import { judgedOf, startOf } from './evidence.ts';

const hasDone = (courseId: SQL) =>
	sql`exists (select 1 from course_completions c where c.person_id = o.person_id and c.course_id = ${courseId})`;

/**
 * Lets people study courses again that are asked of them now, and that they completed too long ago to count. Courses to choose
 * from are open again all together. @param scope a condition on the row `o` of obligations
 */
export function askAnew(ctx: Context, scope: SQL): Promise<void> {
	const today = sql`${dateOf(ctx.now)}::date`;
	const isAsked = sql`${scope} and o.completed_at is null and o.exempt_at is null and (o.opens_on is null or o.opens_on <= ${today})
		and (o.expires_on is null or o.expires_on >= ${today})`;
	const since = sql`${startOf(sql`j.counts_from`)} as since`;
	return openRounds(
		ctx,
		sql`select j.person_id, j.course_id, ${since} from (${judgedOf('course', sql`${isAsked} and ${hasDone(sql`o.course_id`)}`)}) j
			union all
			select j.person_id, e.course_id, ${since} from (${judgedOf('electives', isAsked)}) j
			join requirement_electives e on e.requirement_id = j.requirement_id`
	);
}
