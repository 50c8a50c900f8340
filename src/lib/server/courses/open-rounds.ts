import { type SQL, sql } from 'drizzle-orm';
import { courseCompletions, courseRounds, lessons, masteryChecks } from '#db/schema/courses.ts';
import type { Context } from '../platform/context.ts';
import { roundOf } from './rounds.ts';

/**
 * Lets people study a course anew of whom it is asked again: whoever completed the round that they are in too long ago to count
 * begins the next. Everything of the rounds before stays as it was; a check that is open goes on in the new one. Part of the
 * caller's transaction; doing it again changes nothing.
 * @param asked a relation of person_id, course_id and since: the instant from which a completion would count
 */
export async function openRounds({ db, now }: Context, asked: SQL): Promise<void> {
	await db.execute(sql`
		with opened as (
			insert into ${courseRounds} (person_id, course_id, number, opened_at)
			select distinct done.person_id, done.course_id, done.round + 1, ${now}::timestamptz
			from (${asked}) asked
			join ${courseCompletions} done on done.person_id = asked.person_id and done.course_id = asked.course_id and done.completed_at < asked.since
			where done.round = ${roundOf(sql`done.person_id`, sql`done.course_id`)}
			on conflict do nothing
			returning person_id, course_id, number)
		update ${masteryChecks} c set round = opened.number
		from opened join ${lessons} l on l.course_id = opened.course_id
		where c.person_id = opened.person_id and c.lesson_id = l.id and c.status = 'open'`);
}
