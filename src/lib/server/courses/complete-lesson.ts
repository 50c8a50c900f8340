import { eq } from 'drizzle-orm';
import { lessonCompletions, lessons } from '#db/schema/courses.ts';
import { people } from '#db/schema/people.ts';
import { announce } from '../platform/announce.ts';
import type { Context } from '../platform/context.ts';
import { notFound } from '../platform/errors.ts';
import type { Try } from './check-queries.ts';
import { completeCourse, findUnfinishedLesson } from './complete-course.ts';

/**
 * Completes a lesson by the check that was passed: once in its round, under the version that was read, for the unit of that day. With
 * the last lesson of the course, the course is completed. Part of the caller's transaction.
 */
export async function completeLesson(ctx: Context, check: Try): Promise<void> {
	const { personId, lessonId, lessonVersionId, round } = check;
	const { unitId } = await lockPersonsUnit(ctx, personId);
	const [completed] = await ctx.db
		.insert(lessonCompletions)
		.values({ personId, lessonId, lessonVersionId, checkId: check.id, unitId, round, completedAt: ctx.now })
		.onConflictDoNothing()
		.returning({ lessonId: lessonCompletions.lessonId });
	if (!completed) return;
	await announce(ctx, 'lesson.completed', { personId, lessonId });

	const [lesson] = await ctx.db.select({ courseId: lessons.courseId }).from(lessons).where(eq(lessons.id, lessonId));
	if (!lesson) throw notFound('lesson');
	const { courseId } = lesson;
	const unfinished = await findUnfinishedLesson(ctx, personId, { courseId, round });
	if (!unfinished) await completeCourse(ctx, { personId, courseId, unitId, round });
}

/**
 * Takes the person's row: of two last lessons that are passed at the same moment, the later must see the earlier. It
 * also holds the unit still, should a transfer be recorded just now.
 */
async function lockPersonsUnit({ db }: Context, personId: string): Promise<{ unitId: string | null }> {
	const [person] = await db
		.select({ unitId: people.unitId })
		.from(people)
		.where(eq(people.id, personId))
		.for('no key update');
	if (!person) throw notFound('person');
	return person;
}
