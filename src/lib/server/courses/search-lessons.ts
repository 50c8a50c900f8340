import { and, asc, desc, eq, isNull, or, sql } from 'drizzle-orm';
import { courses, courseVersions, lessons, lessonVersions } from '#db/schema/courses.ts';
import type { Context } from '../platform/context.ts';
import { contains, containsAll, termsOf } from '../platform/search-terms.ts';
import { snippetOf } from '../platform/snippet.ts';

/** Lessons whose title, summary or text holds every term; those with a term in their title first, then in the order of the courses. */
export async function searchLessons({ db }: Context, query: string, { limit = 20, offset = 0 } = {}) {
	const terms = termsOf(query);
	if (terms.length === 0) return { total: 0, hits: [] };

	const words = sql`(${lessonVersions.title}->>'zh-CN') || ' ' || (${lessonVersions.title}->>'en')`;
	const summaries = sql`(${lessonVersions.summary}->>'zh-CN') || ' ' || (${lessonVersions.summary}->>'en')`;
	const rows = await db
		.select({
			course: courses.slug,
			courseTitle: courseVersions.title,
			lesson: lessons.slug,
			position: lessons.position,
			title: lessonVersions.title,
			plain: lessonVersions.plain,
			total: sql<number>`count(*) over ()::int`
		})
		.from(lessons)
		.innerJoin(lessonVersions, eq(lessonVersions.id, lessons.currentVersionId))
		.innerJoin(courses, eq(courses.id, lessons.courseId))
		.innerJoin(courseVersions, eq(courseVersions.id, courses.currentVersionId))
		.where(
			and(
				isNull(lessons.archivedAt),
				isNull(courses.archivedAt),
				containsAll(terms, lessonVersions.plain, words, summaries)
			)
		)
		.orderBy(desc(or(...terms.map((term) => contains(words, term)))!), asc(courses.position), asc(lessons.position))
		.limit(limit)
		.offset(offset);

	return {
		total: rows[0]?.total ?? 0,
		hits: rows.map(({ plain, total: _, ...lesson }) => ({ ...lesson, snippet: snippetOf(plain, terms) }))
	};
}
