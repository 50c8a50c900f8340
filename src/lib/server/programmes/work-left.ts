import { type SQLWrapper, sql } from 'drizzle-orm';
import { obligations } from '#db/schema/programmes.ts';
import { isOfRound, roundOf } from '../courses/rounds.ts';

/** How much of a thing a person has before them: lessons and the questions of their checks, or training hours to collect. */
export type Work = {
	lessons: number;
	left: number;
	questions: number;
	/** Training hours that are still missing; of hours alone. */
	hours: number;
	/** Courses that are still to choose; of electives alone. */
	courses: number;
};

const lessonsOf = (courseId: SQLWrapper) => sql`
	from lessons l join lesson_versions v on v.id = l.current_version_id
	left join lesson_completions done on done.lesson_id = l.id and done.person_id = ${obligations.personId}
		and done.round = ${roundOf(obligations.personId, courseId)}
	where l.course_id = ${courseId} and l.archived_at is null`;

const ofCourse = sql`
	(select json_build_object('lessons', count(*), 'left', count(*) filter (where done.lesson_id is null),
		'questions', coalesce(sum(v.draw) filter (where done.lesson_id is null), 0), 'hours', 0, 'courses', 0)
	${lessonsOf(obligations.courseId)})`;

/** Of the calendar year of the due date, as most programmes ask. */
const ofHours = sql`
	(select json_build_object('lessons', 0, 'left', 0, 'questions', 0, 'courses', 0, 'hours', greatest(r.hours - (
		select coalesce(sum(h.hours), 0) from hour_entries h
		where h.person_id = ${obligations.personId} and h.year = extract(year from ${obligations.dueOn}) and (r.hour_category is null or h.category = r.hour_category)), 0))
	from programme_requirements r where r.id = ${obligations.requirementId})`;

/** As many as are missing of those not completed, the ones with the least left. */
const ofElectives = sql`
	(select json_build_object('lessons', coalesce(sum(o.lessons) filter (where o.place <= o.missing), 0), 'left', coalesce(sum(o.open) filter (where o.place <= o.missing), 0),
		'questions', coalesce(sum(o.questions) filter (where o.place <= o.missing), 0), 'hours', 0, 'courses', coalesce(max(o.missing), 0))
	from (
		select open.*, row_number() over (order by open.open, e.course_id) as place,
			r.choose - (select count(*) from requirement_electives taken join course_completions c on c.course_id = taken.course_id and c.person_id = ${obligations.personId} and ${isOfRound(sql`c.completed_at`, obligations.personId, sql`taken.course_id`)}
				where taken.requirement_id = r.id) as missing
		from programme_requirements r join requirement_electives e on e.requirement_id = r.id
		cross join lateral (
			select count(*) as lessons, count(*) filter (where done.lesson_id is null) as open, coalesce(sum(v.draw) filter (where done.lesson_id is null), 0) as questions
			${lessonsOf(sql`e.course_id`)}) open
		where r.id = ${obligations.requirementId}
			and not exists (select 1 from course_completions c where c.course_id = e.course_id and c.person_id = ${obligations.personId}
				and ${isOfRound(sql`c.completed_at`, obligations.personId, sql`e.course_id`)})) o)`;

/** The work that an obligation has left, of the row of obligations in the query around it. */
export const workLeft = sql<Work>`
	case ${obligations.kind}
		when 'course' then ${ofCourse} when 'hours' then ${ofHours} when 'electives' then ${ofElectives}
		else json_build_object('lessons', 0, 'left', 0, 'questions', 0, 'hours', 0, 'courses', 0) end`;
