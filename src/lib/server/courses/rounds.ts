import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { courseRounds } from '#db/schema/courses.ts';

type Value = SQLWrapper | string;

/** In which round somebody studies a course: the first, until it was asked of them again. */
export const roundOf = (personId: Value, courseId: Value): SQL<number> => sql<number>`coalesce((
	select max(round.number) from ${courseRounds} round where round.person_id = ${personId} and round.course_id = ${courseId}), 1)`;

/** Whether an instant lies in the round in which somebody studies a course now. */
export const isOfRound = (at: SQL, personId: Value, courseId: Value): SQL => sql`(${at} >= coalesce((
	select max(round.opened_at) from ${courseRounds} round where round.person_id = ${personId} and round.course_id = ${courseId}), '-infinity'))`;

/** Whether somebody has read a lesson of a course, or begun one of its checks, in the round that they are in. */
export const begunSince = (personId: Value, courseId: Value): SQL => sql`exists (
	select 1 from lessons l where l.course_id = ${courseId} and (
		exists (select 1 from reading_positions r where r.lesson_id = l.id and r.person_id = ${personId} and ${isOfRound(sql`r.at`, personId, courseId)})
		or exists (select 1 from mastery_checks c where c.lesson_id = l.id and c.person_id = ${personId} and c.round = ${roundOf(personId, courseId)})))`;
