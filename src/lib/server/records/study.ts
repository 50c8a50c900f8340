import { sql } from 'drizzle-orm';
import type { Localized } from '#db/schema/columns.ts';
import type { EventKind, outcomes } from '#lib/schemas/events.ts';
import type { Context } from '../platform/context.ts';
import { iso } from '../platform/iso.ts';
import { unitOfDay } from './unit-of-day.ts';

export type CourseLine = {
	slug: string;
	title: Localized;
	version: number;
	kind: 'required' | 'elective';
	hours: number;
	unit: string | null;
	/** From 1; a course that is asked again is studied in another round. */
	round: number;
	completedAt: string;
};

/** Courses as they were completed, the latest first: unit, version and hours are those of that day. */
export async function listCourses({ db }: Context, personId: string): Promise<CourseLine[]> {
	const { rows } = await db.execute<CourseLine>(sql`
		select courses.slug, v.title, v.number as version, v.kind, v.hours::float8 as hours, c.round, ${iso(sql`c.completed_at`)} as "completedAt",
			${unitOfDay(sql`c.unit_id`, sql`c.completed_at`)} as unit
		from course_completions c join courses on courses.id = c.course_id join course_versions v on v.id = c.course_version_id
		where c.person_id = ${personId} order by c.completed_at desc, c.id`);
	return rows;
}

export type LessonLine = {
	course: string;
	courseTitle: Localized;
	slug: string;
	title: Localized;
	version: number;
	unit: string | null;
	round: number;
	completedAt: string;
};

/** Lessons whose check was passed, course by course. */
export async function listLessons({ db }: Context, personId: string): Promise<LessonLine[]> {
	const { rows } = await db.execute<LessonLine>(sql`
		select courses.slug as course, cv.title as "courseTitle", lessons.slug, v.title, v.number as version, c.round, ${iso(sql`c.completed_at`)} as "completedAt",
			${unitOfDay(sql`c.unit_id`, sql`c.completed_at`)} as unit
		from lesson_completions c join lessons on lessons.id = c.lesson_id join lesson_versions v on v.id = c.lesson_version_id
		join courses on courses.id = lessons.course_id join course_versions cv on cv.id = courses.current_version_id
		where c.person_id = ${personId} order by courses.position, courses.slug, c.round desc, lessons.position`);
	return rows;
}

/** The same by course. */
export const byCourse = (passed: LessonLine[]) =>
	[...Map.groupBy(passed, ({ course }) => course)].map(([course, lessons]) => ({
		course,
		title: lessons[0]!.courseTitle,
		lessons
	}));

export type EventLine = {
	id: string;
	title: string;
	kind: EventKind;
	organiser: string;
	startsAt: string;
	endsAt: string;
	outcome: (typeof outcomes)[number] | null;
	/** What was granted. */
	hours: number | null;
	unit: string | null;
};

/** Events that were held and to which the person belonged, the latest first. */
export async function listEvents({ db }: Context, personId: string): Promise<EventLine[]> {
	const { rows } = await db.execute<EventLine>(sql`
		select e.id, e.title, e.kind, ${unitOfDay(sql`e.unit_id`, sql`e.starts_at`)} as organiser, ${iso(sql`e.starts_at`)} as "startsAt",
			${iso(sql`e.ends_at`)} as "endsAt", p.outcome, p.hours::float8 as hours, ${unitOfDay(sql`coalesce(p.unit_id, people.unit_id)`, sql`e.ends_at`)} as unit
		from event_participants p join events e on e.id = p.event_id join people on people.id = p.person_id
		where p.person_id = ${personId} and e.state in ('held', 'closed') and (p.outcome is not null or p.state in ('invited', 'coming'))
		order by e.starts_at desc, e.id`);
	return rows;
}
