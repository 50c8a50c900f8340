import { sql } from 'drizzle-orm';
import { lessons, masteryChecks, readingPositions } from '#db/schema/courses.ts';
import { announce } from '../platform/announce.ts';
import type { SignedIn } from '../platform/context.ts';

/** Tells of the actor's first step in a course. To be called before that step is written: later ones are not told. */
export async function startCourse(ctx: SignedIn, courseId: string): Promise<void> {
	const { personId } = ctx.actor;
	const { rows } = await ctx.db.execute(sql`
		select 1 from ${lessons} l
		where l.course_id = ${courseId} and (
			exists (select 1 from ${readingPositions} r where r.lesson_id = l.id and r.person_id = ${personId})
			or exists (select 1 from ${masteryChecks} c where c.lesson_id = l.id and c.person_id = ${personId})
		)
		limit 1`);
	if (rows.length === 0) await announce(ctx, 'lesson.started', { personId, courseId });
}
