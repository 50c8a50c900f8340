import { and, asc, eq, isNull, notExists, sql } from 'drizzle-orm';
import { courseCompletions, courses, courseVersions, lessonCompletions, lessons } from '#db/schema/courses.ts';
import { record } from '../audit/record.ts';
import { grantHours } from '../hours/grant-hours.ts';
import { announce } from '../platform/announce.ts';
import type { Context } from '../platform/context.ts';
import { notFound } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';

/** Who completes which course, in which unit. */
export interface CourseCompletion {
	personId: string;
	courseId: string;
	unitId: string | null;
	/** Which round of the course it is for them. */
	round: number;
}

/**
 * Completes a course for a person: once in a round, under its current version, with the hours that it is worth. Part of the
 * caller's transaction. Announces `course.completed`.
 */
export async function completeCourse(
	ctx: Context,
	{ personId, courseId, unitId, round }: CourseCompletion
): Promise<void> {
	const [version] = await ctx.db
		.select({ id: courseVersions.id, kind: courseVersions.kind, hours: courseVersions.hours })
		.from(courses)
		.innerJoin(courseVersions, eq(courseVersions.id, courses.currentVersionId))
		.where(eq(courses.id, courseId));
	if (!version) throw notFound('course');

	const completionId = newId();
	const completion = {
		id: completionId,
		personId,
		courseId,
		courseVersionId: version.id,
		unitId,
		round,
		completedAt: ctx.now
	};
	const [completed] = await ctx.db
		.insert(courseCompletions)
		.values(completion)
		.onConflictDoNothing()
		.returning({ id: courseCompletions.id });
	if (!completed) return;

	const { kind: category, hours } = version;
	await grantHours(ctx, { personId, unitId, category, hours, source: 'course', sourceId: courseId, round });
	await record(ctx, 'course.completed', completionId, { personId, courseId, round });
	await announce(ctx, 'course.completed', { personId, courseId, completionId });
}

/**
 * A lesson of the course as it stands today that the person has not completed in a round. Completions under earlier versions of a
 * lesson count; lessons that were taken out of the course do not.
 */
export async function findUnfinishedLesson(
	{ db }: Context,
	personId: string,
	{ courseId, round }: Pick<CourseCompletion, 'courseId' | 'round'>
): Promise<string | undefined> {
	const done = db
		.select({ one: sql`1` })
		.from(lessonCompletions)
		.where(
			and(
				eq(lessonCompletions.lessonId, lessons.id),
				eq(lessonCompletions.personId, personId),
				eq(lessonCompletions.round, round)
			)
		);
	const [lesson] = await db
		.select({ id: lessons.id })
		.from(lessons)
		.where(and(eq(lessons.courseId, courseId), isNull(lessons.archivedAt), notExists(done)))
		.orderBy(asc(lessons.position))
		.limit(1);
	return lesson?.id;
}
