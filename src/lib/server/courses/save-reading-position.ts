import type * as v from 'valibot';
import { readingPositions } from '#db/schema/courses.ts';
import type * as schemas from '#lib/schemas/courses.ts';
import { atomically, type SignedIn } from '../platform/context.ts';
import { getLessonId } from './queries.ts';
import { startCourse } from './start-course.ts';

/** Remembers where the actor is reading. Writes no line of audit; the first one in a course begins it. @throws not-found lesson.not-found */
export function saveReadingPosition(
	ctx: SignedIn,
	{ heading, ...address }: v.InferOutput<typeof schemas.readingPosition>
): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const lesson = await getLessonId(ctx, address);
		await startCourse(ctx, lesson.courseId);

		const position = { heading, at: ctx.now };
		await ctx.db
			.insert(readingPositions)
			.values({ personId: ctx.actor.personId, lessonId: lesson.id, ...position })
			.onConflictDoUpdate({ target: [readingPositions.personId, readingPositions.lessonId], set: position });
	});
}
