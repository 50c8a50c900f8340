import * as v from 'valibot';
import { courseFilter } from '#lib/schemas/courses.ts';
import { listCourses } from '#lib/server/courses/queries.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const filter = v.parse(courseFilter, Object.fromEntries(url.searchParams));
	return { filter, courses: await listCourses(locals.ctx as SignedIn, { ...filter, search: filter.q }) };
};
