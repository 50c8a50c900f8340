import { type SQL, sql } from 'drizzle-orm';
import type { Asked } from '#lib/components/programmes/asked-words.ts';

/** One JSON value (type `Asked`) of a kind, a row of course_id and a row of a requirement, which may be null. */
const describe = (kind: SQL, courseId: SQL, requirement: SQL): SQL<Asked> => sql`(
	select json_strip_nulls(json_build_object(
		'kind', ${kind}, 'slug', asked_course.slug, 'course', asked_version.title,
		'examId', ${requirement}.exam_id, 'exam', (select e.title from exams e where e.id = ${requirement}.exam_id), 'examPurpose', ${requirement}.exam_purpose, 'passMark', ${requirement}.pass_mark,
		'eventKind', ${requirement}.event_kind, 'eventPurpose', ${requirement}.event_purpose,
		'hours', ${requirement}.hours, 'hourCategory', ${requirement}.hour_category, 'choose', ${requirement}.choose,
		'electives', (
			select json_agg(json_build_object('slug', c.slug, 'title', v.title) order by c.position, c.slug)
			from requirement_electives e join courses c on c.id = e.course_id join course_versions v on v.id = c.current_version_id
			where e.requirement_id = ${requirement}.id)))
	from (select 1) asked
	left join courses asked_course on asked_course.id = ${courseId}
	left join course_versions asked_version on asked_version.id = asked_course.current_version_id`;

/** What an obligation asks for: its course, or what its requirement says. @param row the name by which the query knows it */
export const whatIsAsked = (row: SQL): SQL<Asked> =>
	sql`${describe(sql`${row}.kind`, sql`${row}.course_id`, sql`requirement`)}
	left join programme_requirements requirement on requirement.id = ${row}.requirement_id)`;

/** What a requirement asks for. @param row the name by which the query knows it */
export const whatIsRequired = (row: SQL): SQL<Asked> => sql`${describe(sql`${row}.kind`, sql`${row}.course_id`, row)})`;
