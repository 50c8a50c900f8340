import { type SQL, sql } from 'drizzle-orm';
import type { Asked } from '#lib/components/programmes/asked-words.ts';

/**
 * What an obligation asks for, as one JSON value (type `Asked`): its course, or what its requirement says.
 * @param row the name by which the query knows the obligation: anything with kind, course_id and requirement_id
 */
export const whatIsAsked = (row: SQL): SQL<Asked> => sql`(
	select json_strip_nulls(json_build_object(
		'kind', ${row}.kind, 'slug', asked_course.slug, 'course', asked_version.title,
		'examId', requirement.exam_id, 'exam', (select e.title from exams e where e.id = requirement.exam_id), 'examPurpose', requirement.exam_purpose, 'passMark', requirement.pass_mark,
		'eventKind', requirement.event_kind, 'eventPurpose', requirement.event_purpose,
		'hours', requirement.hours, 'hourCategory', requirement.hour_category, 'choose', requirement.choose,
		'electives', (
			select json_agg(json_build_object('slug', c.slug, 'title', v.title) order by c.position, c.slug)
			from requirement_electives e join courses c on c.id = e.course_id join course_versions v on v.id = c.current_version_id
			where e.requirement_id = requirement.id)))
	from (select 1) asked
	left join courses asked_course on asked_course.id = ${row}.course_id
	left join course_versions asked_version on asked_version.id = asked_course.current_version_id
	left join programme_requirements requirement on requirement.id = ${row}.requirement_id)`;
