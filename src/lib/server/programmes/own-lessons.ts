import { and, eq, isNotNull, isNull, or, sql } from 'drizzle-orm';
import {
	courses,
	courseVersions,
	lessonCompletions,
	lessons,
	lessonVersions,
	readingPositions
} from '#db/schema/courses.ts';
import { obligations } from '#db/schema/programmes.ts';
import { roundOf } from '../courses/rounds.ts';
import type { SignedIn } from '../platform/context.ts';
import { iso } from '../platform/iso.ts';
import { pipelined } from '../platform/prepared.ts';
import { isLive } from './obligation-state.ts';

const person = sql.placeholder('personId');

const lessonsToDo = pipelined((db) =>
	db
		.select({
			id: lessons.id,
			courseId: lessons.courseId,
			slug: lessons.slug,
			position: lessons.position,
			title: lessonVersions.title,
			questions: lessonVersions.draw,
			course: courses.slug,
			courseTitle: courseVersions.title,
			courseHours: courseVersions.hours,
			readAt: iso(readingPositions.at) as ReturnType<typeof sql<string | null>>,
			/** Words of the heading at which reading stopped. */
			heading: sql<
				string | null
			>`(select h->>'text' from jsonb_array_elements(${lessonVersions.headings}) h where h->>'id' = ${readingPositions.heading} limit 1)`
		})
		.from(lessons)
		.innerJoin(lessonVersions, eq(lessonVersions.id, lessons.currentVersionId))
		.innerJoin(courses, eq(courses.id, lessons.courseId))
		.innerJoin(courseVersions, eq(courseVersions.id, courses.currentVersionId))
		.leftJoin(readingPositions, and(eq(readingPositions.lessonId, lessons.id), eq(readingPositions.personId, person)))
		.leftJoin(
			lessonCompletions,
			and(
				eq(lessonCompletions.lessonId, lessons.id),
				eq(lessonCompletions.personId, person),
				eq(lessonCompletions.round, roundOf(person, lessons.courseId))
			)
		)
		.where(
			and(
				isNull(lessons.archivedAt),
				isNull(courses.archivedAt),
				isNull(lessonCompletions.lessonId),
				or(
					isNotNull(readingPositions.lessonId),
					sql`${lessons.courseId} in (select o.course_id from ${obligations} o where o.person_id = ${person} and ${isLive(sql`o`)})`
				)
			)
		)
		.orderBy(courses.position, lessons.position)
		.prepare('own_lessons_to_do')
);

/** Lessons that the actor has yet to complete: of the courses owed, and of any course where one was opened. */
export const listLessonsToDo = ({ db, actor: { personId } }: SignedIn) => lessonsToDo(db).execute({ personId });

const toReread = pipelined((db) =>
	db
		.select({
			statute: sql<string>`a.statute`,
			number: sql<string>`a.number`,
			short: sql<{ 'zh-CN': string; en: string }>`s.short`
		})
		.from(
			sql`(
			select distinct on (c.lesson_id) c.id, c.status, c.submitted_at from mastery_checks c
			where c.person_id = ${person} and c.status <> 'open'
				and not exists (select 1 from lesson_completions done where done.person_id = c.person_id and done.lesson_id = c.lesson_id and done.round >= c.round)
			order by c.lesson_id, c.number desc) last
			join mastery_check_questions q on q.check_id = last.id
			join question_articles qa on qa.version_id = q.question_version_id
			join articles a on a.id = qa.article_id join statutes s on s.slug = a.statute`
		)
		.where(sql`last.status = 'failed'`)
		.groupBy(sql`a.statute, a.number, a.ordinal, s.short`)
		.orderBy(sql`max(last.submitted_at) desc, a.statute, a.ordinal`)
		.limit(8)
		.prepare('own_articles_to_reread')
);

/**
 * Articles of the checks that the actor failed last and has not passed since. All that the try touched: which answer was
 * wrong is not told before it is passed.
 */
export const listArticlesToReread = ({ db, actor: { personId } }: SignedIn) => toReread(db).execute({ personId });
