import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import type { Database } from '#db/client.ts';
import {
	courses,
	courseVersions,
	lessonCompletions,
	lessonNotes,
	lessons,
	lessonVersions,
	masteryChecks,
	readingPositions
} from '#db/schema/courses.ts';
import { statutes, statuteVersions } from '#db/schema/statutes.ts';
import type { SignedIn } from '../platform/context.ts';
import { notFound } from '../platform/errors.ts';
import { pauseUntil } from './pause-rule.ts';

export type LessonPage = Awaited<ReturnType<typeof readLesson>>;

/** Everything that the page of a lesson shows: the text, the other lessons, and the actor's own state, position and notes. @throws not-found lesson.not-found */
export async function readLesson(
	{ db, actor: { personId } }: SignedIn,
	{ course, lesson }: { course: string; lesson: string }
) {
	const { text, contents } = preparedFor(db);
	const [found] = await text.execute({ course, lesson, personId });
	if (!found) throw notFound('lesson');

	const list = await contents.execute({ course, personId });
	const { tries, ...rest } = found;
	const failedAt = tries.flatMap(({ status, submittedAt }) =>
		status === 'failed' && submittedAt ? [new Date(submittedAt)] : []
	);
	return { ...rest, lastCheck: tries[0]?.status ?? null, pausedUntil: pauseUntil(failedAt), contents: list };
}

/** Asked for with every page of a lesson, so their SQL is built once for each database. */
const prepared = new WeakMap<Database, ReturnType<typeof prepare>>();

function preparedFor(db: Database) {
	let queries = prepared.get(db);
	if (!queries) prepared.set(db, (queries = prepare(db)));
	return queries;
}

const person = sql.placeholder('personId');

function prepare(db: Database) {
	const text = db
		.select({
			id: lessons.id,
			slug: lessons.slug,
			position: lessons.position,
			archivedAt: sql<Date | null>`coalesce(${lessons.archivedAt}, ${courses.archivedAt})`.mapWith(lessons.archivedAt),
			version: lessonVersions.number,
			versionAt: lessonVersions.createdAt,
			title: lessonVersions.title,
			summary: lessonVersions.summary,
			html: lessonVersions.html,
			headings: lessonVersions.headings,
			length: lessonVersions.length,
			draw: lessonVersions.draw,
			pass: lessonVersions.pass,
			course: {
				slug: courses.slug,
				title: courseVersions.title,
				hours: courseVersions.hours,
				kind: courseVersions.kind
			},
			statute: {
				slug: statutes.slug,
				short: statutes.short,
				version: sql<string | null>`(
					select v.version from ${statuteVersions} v where v.statute = ${statutes.slug} order by v.effective_on desc limit 1
				)`
			},
			// The instant first: by its first column drizzle tells whether there is a row at all.
			reading: { at: readingPositions.at, heading: readingPositions.heading },
			note: { body: lessonNotes.body, updatedAt: lessonNotes.updatedAt },
			completedAt: lessonCompletions.completedAt,
			tries: sql<{ status: 'open' | 'passed' | 'failed'; submittedAt: string | null }[]>`coalesce((
				select json_agg(json_build_object('status', c.status, 'submittedAt', c.submitted_at) order by c.number desc)
				from ${masteryChecks} c where c.lesson_id = ${lessons.id} and c.person_id = ${person}
			), '[]')`
		})
		.from(lessons)
		.innerJoin(courses, eq(courses.id, lessons.courseId))
		.innerJoin(courseVersions, eq(courseVersions.id, courses.currentVersionId))
		.innerJoin(lessonVersions, eq(lessonVersions.id, lessons.currentVersionId))
		.innerJoin(statutes, eq(statutes.slug, courseVersions.statute))
		.leftJoin(readingPositions, and(eq(readingPositions.lessonId, lessons.id), eq(readingPositions.personId, person)))
		.leftJoin(lessonNotes, and(eq(lessonNotes.lessonId, lessons.id), eq(lessonNotes.personId, person)))
		.leftJoin(
			lessonCompletions,
			and(eq(lessonCompletions.lessonId, lessons.id), eq(lessonCompletions.personId, person))
		)
		.where(and(eq(courses.slug, sql.placeholder('course')), eq(lessons.slug, sql.placeholder('lesson'))))
		.prepare('lesson_text');

	const contents = db
		.select({
			slug: lessons.slug,
			position: lessons.position,
			title: lessonVersions.title,
			completedAt: lessonCompletions.completedAt
		})
		.from(lessons)
		.innerJoin(courses, eq(courses.id, lessons.courseId))
		.innerJoin(lessonVersions, eq(lessonVersions.id, lessons.currentVersionId))
		.leftJoin(
			lessonCompletions,
			and(eq(lessonCompletions.lessonId, lessons.id), eq(lessonCompletions.personId, person))
		)
		.where(and(eq(courses.slug, sql.placeholder('course')), isNull(lessons.archivedAt)))
		.orderBy(asc(lessons.position))
		.prepare('lesson_contents');

	return { text, contents };
}
