import { type SQL, sql } from 'drizzle-orm';
import { isOfRound, roundOf } from '../courses/rounds.ts';

/** When a person first read a lesson of a course or began one of its checks in the round that they are in, as SQL; null where they have not, or have completed it. */
export const begunAt = (personId: SQL, courseId: SQL): SQL => sql`(
	select min(touched.at) from (
		select r.at from reading_positions r join lessons l on l.id = r.lesson_id where r.person_id = ${personId} and l.course_id = ${courseId} and ${isOfRound(sql`r.at`, personId, courseId)}
		union all
		select c.opened_at from mastery_checks c join lessons l on l.id = c.lesson_id where c.person_id = ${personId} and l.course_id = ${courseId} and c.round = ${roundOf(personId, courseId)}
	) touched
	where not exists (select 1 from course_completions done
		where done.person_id = ${personId} and done.course_id = ${courseId} and done.round = ${roundOf(personId, courseId)}))`;
