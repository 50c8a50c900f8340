import { type SQL, sql } from 'drizzle-orm';

/** When a person first read a lesson of a course or began one of its checks, as SQL; null where they have not begun. */
export const begunAt = (personId: SQL, courseId: SQL): SQL => sql`(
	select min(touched.at) from (
		select r.at from reading_positions r join lessons l on l.id = r.lesson_id where r.person_id = ${personId} and l.course_id = ${courseId}
		union all
		select c.opened_at from mastery_checks c join lessons l on l.id = c.lesson_id where c.person_id = ${personId} and l.course_id = ${courseId}
	) touched)`;
