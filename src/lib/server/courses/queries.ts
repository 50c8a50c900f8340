import { and, asc, eq, isNull, type SQL, sql } from 'drizzle-orm';
import {
	courseCompletions,
	courses,
	courseVersions,
	lessonCompletions,
	lessons,
	lessonVersions,
	masteryChecks,
	readingPositions
} from '#db/schema/courses.ts';
import { questions } from '#db/schema/questions.ts';
import { statutes } from '#db/schema/statutes.ts';
import type { Context, SignedIn } from '../platform/context.ts';
import { notFound } from '../platform/errors.ts';
import { containsAll, termsOf } from '../platform/search-terms.ts';
import { courseStateOf, type CourseState } from './course-state.ts';
import { begunSince, isOfRound, roundOf } from './rounds.ts';

export type ListedCourse = Awaited<ReturnType<typeof selectCourses>>[number] & { state: CourseState };

export interface CourseFilter {
	search?: string;
	kind?: 'required' | 'elective' | null;
	state?: CourseState | null;
}

/** The courses of the library with the actor's own state in each: those begun first, then those not begun, then those done. */
export async function listCourses(
	ctx: SignedIn,
	{ search = '', kind = null, state = null }: CourseFilter = {}
): Promise<ListedCourse[]> {
	const terms = termsOf(search);
	const text = (name: 'title' | 'summary') => [
		sql`${courseVersions[name]}->>'zh-CN'`,
		sql`${courseVersions[name]}->>'en'`
	];
	const found = await selectCourses(
		ctx,
		and(
			isNull(courses.archivedAt),
			kind ? eq(courseVersions.kind, kind) : undefined,
			containsAll(terms, ...text('title'), ...text('summary'), sql`${statutes.title}->>'zh-CN'`)
		)
	);
	const order: CourseState[] = ['going', 'none', 'done'];
	return found
		.map((course) => ({ ...course, state: courseStateOf(course) }))
		.filter((course) => !state || course.state === state)
		.sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
}

/** A course with the actor's own state in it, archived or not: a record leads here years later. @throws not-found course.not-found */
export async function getCourse(ctx: SignedIn, slug: string): Promise<ListedCourse> {
	const [course] = await selectCourses(ctx, eq(courses.slug, slug));
	if (!course) throw notFound('course');
	return { ...course, state: courseStateOf(course) };
}

function selectCourses({ db, actor: { personId } }: SignedIn, where: SQL | undefined) {
	const round = roundOf(personId, courses.id);
	const own = sql`from ${lessons} l join ${lessonCompletions} lc on lc.lesson_id = l.id and lc.person_id = ${personId} and lc.round = ${round} where l.course_id = ${courses.id}`;
	return db
		.select({
			id: courses.id,
			slug: courses.slug,
			archivedAt: courses.archivedAt,
			version: courseVersions.number,
			versionAt: courseVersions.createdAt,
			title: courseVersions.title,
			summary: courseVersions.summary,
			audience: courseVersions.audience,
			kind: courseVersions.kind,
			hours: courseVersions.hours,
			statute: { slug: statutes.slug, title: statutes.title, short: statutes.short },
			lessons: sql<number>`(select count(*)::int from ${lessons} l where l.course_id = ${courses.id} and l.archived_at is null)`,
			lessonsDone: sql<number>`(select count(*)::int ${own} and l.archived_at is null)`,
			completedAt: courseCompletions.completedAt,
			/** In an earlier round than the one that the actor is in. */
			completedBefore:
				sql<Date | null>`(select max(c.completed_at) from ${courseCompletions} c where c.course_id = ${courses.id} and c.person_id = ${personId} and c.round < ${round})`.mapWith(
					courseCompletions.completedAt
				),
			started: sql<boolean>`${begunSince(personId, courses.id)}`
		})
		.from(courses)
		.innerJoin(courseVersions, eq(courseVersions.id, courses.currentVersionId))
		.leftJoin(statutes, eq(statutes.slug, courseVersions.statute))
		.leftJoin(
			courseCompletions,
			and(
				eq(courseCompletions.courseId, courses.id),
				eq(courseCompletions.personId, personId),
				eq(courseCompletions.round, round)
			)
		)
		.where(where)
		.orderBy(asc(courses.position), asc(courses.slug));
}

export type ListedLesson = Awaited<ReturnType<typeof listLessons>>[number];

/** The lessons of a course in order, with the actor's own state in each. */
export function listLessons({ db, actor: { personId } }: SignedIn, courseId: string) {
	return db
		.select({
			id: lessons.id,
			slug: lessons.slug,
			position: lessons.position,
			title: lessonVersions.title,
			summary: lessonVersions.summary,
			length: lessonVersions.length,
			draw: lessonVersions.draw,
			pass: lessonVersions.pass,
			completedAt: lessonCompletions.completedAt,
			readAt:
				sql<Date | null>`case when ${isOfRound(sql`${readingPositions.at}`, personId, lessons.courseId)} then ${readingPositions.at} end`.mapWith(
					readingPositions.at
				),
			questions: sql<number>`(
				select count(*)::int from ${questions} q
				where q.lesson_id = ${lessons.id} and q.archived_at is null and q.kind <> 'case'
			)`,
			lastCheck: sql<'open' | 'passed' | 'failed' | null>`(
				select c.status from ${masteryChecks} c
				where c.lesson_id = ${lessons.id} and c.person_id = ${personId} and c.round = ${roundOf(personId, lessons.courseId)} order by c.number desc limit 1
			)`
		})
		.from(lessons)
		.innerJoin(lessonVersions, eq(lessonVersions.id, lessons.currentVersionId))
		.leftJoin(
			lessonCompletions,
			and(
				eq(lessonCompletions.lessonId, lessons.id),
				eq(lessonCompletions.personId, personId),
				eq(lessonCompletions.round, roundOf(personId, lessons.courseId))
			)
		)
		.leftJoin(readingPositions, and(eq(readingPositions.lessonId, lessons.id), eq(readingPositions.personId, personId)))
		.where(and(eq(lessons.courseId, courseId), isNull(lessons.archivedAt)))
		.orderBy(asc(lessons.position));
}

/** Where to go on in a course: the lesson that was read last and is not completed, else the first that is not. */
export function nextLessonOf<Lesson extends Pick<ListedLesson, 'completedAt' | 'readAt'>>(
	list: Lesson[]
): Lesson | undefined {
	const open = list.filter(({ completedAt }) => !completedAt);
	const read = open.filter(({ readAt }) => readAt).sort((a, b) => Number(b.readAt) - Number(a.readAt));
	return read[0] ?? open[0];
}

/** A lesson by its address, whoever asks; for commands. @throws not-found lesson.not-found */
export async function getLessonId({ db }: Context, { course, lesson }: { course: string; lesson: string }) {
	const [found] = await db
		.select({ id: lessons.id, courseId: lessons.courseId })
		.from(lessons)
		.innerJoin(courses, eq(courses.id, lessons.courseId))
		.where(and(eq(courses.slug, course), eq(lessons.slug, lesson)));
	if (!found) throw notFound('lesson');
	return found;
}
