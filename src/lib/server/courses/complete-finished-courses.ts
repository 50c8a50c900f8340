import { sql } from 'drizzle-orm';
import { courseCompletions, courses, lessonCompletions, lessons } from '#db/schema/courses.ts';
import { people } from '#db/schema/people.ts';
import { atomically, type Context } from '../platform/context.ts';
import { completeCourse, type CourseCompletion } from './complete-course.ts';

/**
 * Completes courses for those who have every lesson that is left, after lessons were taken out of the library: no check
 * that they could still pass would do it. Run by the queue after such a synchronisation.
 * @returns how many were completed
 */
export function completeFinishedCourses(ctx: Context): Promise<number> {
	return atomically(ctx, async (ctx) => {
		const finished = await listFinished(ctx);
		for (const completion of finished) await completeCourse(ctx, completion);
		return finished.length;
	});
}

async function listFinished({ db }: Context): Promise<CourseCompletion[]> {
	const { rows } = await db.execute<CourseCompletion & Record<string, unknown>>(sql`
		select p.id as "personId", p.unit_id as "unitId", c.id as "courseId", d.round
		from ${courses} c
		join ${lessons} l on l.course_id = c.id and l.archived_at is null
		join ${lessonCompletions} d on d.lesson_id = l.id
		join ${people} p on p.id = d.person_id
		where c.archived_at is null
			and not exists (select 1 from ${courseCompletions} done where done.course_id = c.id and done.person_id = p.id and done.round = d.round)
		group by p.id, p.unit_id, c.id, d.round
		having count(*) = (select count(*) from ${lessons} a where a.course_id = c.id and a.archived_at is null)
		order by p.id, d.round`);
	return rows;
}
