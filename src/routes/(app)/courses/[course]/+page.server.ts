import { getCourse, listLessons, nextLessonOf } from '#lib/server/courses/queries.ts';
import { listStatutesOf } from '#lib/server/courses/teaching-queries.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	const ctx = locals.ctx as SignedIn;
	const course = await getCourse(ctx, params.course);
	const lessons = await listLessons(ctx, course.id);
	const statutes = course.statute ? [course.statute] : await listStatutesOf(ctx, course.id);
	return { course, statutes, lessons, next: nextLessonOf(lessons)?.slug ?? null };
};
