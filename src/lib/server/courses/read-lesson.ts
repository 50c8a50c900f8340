import { and, eq, sql } from 'drizzle-orm';
import type { Localized } from '#db/schema/columns.ts';
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
import { pipelined } from '../platform/prepared.ts';
import { pauseUntil } from './pause-rule.ts';
import { roundOf } from './rounds.ts';

export type LessonPage = Awaited<ReturnType<typeof readLesson>>;

/** Everything that the page of a lesson shows: the text, the other lessons, and the actor's own state, position and notes. @throws not-found lesson.not-found */
export async function readLesson(
	{ db, actor: { personId } }: SignedIn,
	{ course, lesson }: { course: string; lesson: string }
) {
	const [found] = await pageOf(db).execute({ course, lesson, personId });
	if (!found) throw notFound('lesson');

	const { tries, contents, ...rest } = found;
	const failedAt = tries.flatMap(({ status, submittedAt }) =>
		status === 'failed' && submittedAt ? [new Date(submittedAt)] : []
	);
	const list = contents.map(({ completedAt, ...each }) => ({
		...each,
		completedAt: completedAt === null ? null : new Date(completedAt)
	}));
	return { ...rest, lastCheck: tries[0]?.status ?? null, pausedUntil: pauseUntil(failedAt), contents: list };
}

const person = sql.placeholder('personId');

interface ListedLesson {
	slug: string;
	position: number;
	title: Localized;
	completedAt: string | null;
}

/** One question for the whole page, its SQL built once for each database: every further one costs the server as much as the rendering. */
const pageOf = pipelined((db) =>
	db
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
				from ${masteryChecks} c where c.lesson_id = ${lessons.id} and c.person_id = ${person} and c.round = ${roundOf(person, lessons.courseId)}
			), '[]')`,
			contents: sql<ListedLesson[]>`coalesce((
				select json_agg(json_build_object('slug', l.slug, 'position', l.position, 'title', v.title, 'completedAt', d.completed_at) order by l.position)
				from lessons l
				join lesson_versions v on v.id = l.current_version_id
				left join lesson_completions d on d.lesson_id = l.id and d.person_id = ${person} and d.round = ${roundOf(person, courses.id)}
				where l.course_id = ${courses.id} and l.archived_at is null
			), '[]')`
		})
		.from(lessons)
		.innerJoin(courses, eq(courses.id, lessons.courseId))
		.innerJoin(courseVersions, eq(courseVersions.id, courses.currentVersionId))
		.innerJoin(lessonVersions, eq(lessonVersions.id, lessons.currentVersionId))
		.leftJoin(statutes, eq(statutes.slug, courseVersions.statute))
		.leftJoin(readingPositions, and(eq(readingPositions.lessonId, lessons.id), eq(readingPositions.personId, person)))
		.leftJoin(lessonNotes, and(eq(lessonNotes.lessonId, lessons.id), eq(lessonNotes.personId, person)))
		.leftJoin(
			lessonCompletions,
			and(
				eq(lessonCompletions.lessonId, lessons.id),
				eq(lessonCompletions.personId, person),
				eq(lessonCompletions.round, roundOf(person, lessons.courseId))
			)
		)
		.where(and(eq(courses.slug, sql.placeholder('course')), eq(lessons.slug, sql.placeholder('lesson'))))
		.prepare('lesson_page')
);
