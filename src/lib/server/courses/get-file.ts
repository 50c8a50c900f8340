import { and, eq } from 'drizzle-orm';
import { courseFiles, courses } from '#db/schema/courses.ts';
import type { Context } from '../platform/context.ts';
import { notFound } from '../platform/errors.ts';

/** A picture of a course. @throws not-found file.not-found */
export async function getFile({ db }: Context, { course, name }: { course: string; name: string }) {
	const [file] = await db
		.select({ type: courseFiles.type, bytes: courseFiles.bytes, hash: courseFiles.hash })
		.from(courseFiles)
		.innerJoin(courses, eq(courses.id, courseFiles.courseId))
		.where(and(eq(courses.slug, course), eq(courseFiles.name, name)));
	if (!file) throw notFound('file');
	return file;
}
