import { and, asc, count, desc, eq, isNull, sql } from 'drizzle-orm';
import { courses, courseVersions, lessonArticles, lessons, lessonVersions } from '#db/schema/courses.ts';
import { questionArticles, questions } from '#db/schema/questions.ts';
import { articles, statutes } from '#db/schema/statutes.ts';
import type { Context } from '../platform/context.ts';

/** Questions in use that rest on an article. A case counts through its questions. */
const asked = sql`
	select 1 from ${questionArticles} qa
	join ${questions} q on q.current_version_id = qa.version_id and q.archived_at is null and q.kind <> 'case'
	where qa.article_id = articles.id
`;

/** The lessons that teach an article, in the order of the courses, with the number of their questions that rest on it. */
export function listTeaching({ db }: Context, articleId: string) {
	return db
		.select({
			course: courses.slug,
			courseTitle: courseVersions.title,
			lesson: lessons.slug,
			position: lessons.position,
			title: lessonVersions.title,
			questions: sql<number>`(
				select count(*)::int from ${questionArticles} qa
				join ${questions} q on q.current_version_id = qa.version_id and q.archived_at is null and q.kind <> 'case'
				where qa.article_id = ${articleId} and q.lesson_id = ${lessons.id}
			)`
		})
		.from(lessonArticles)
		.innerJoin(lessons, and(eq(lessons.currentVersionId, lessonArticles.versionId), isNull(lessons.archivedAt)))
		.innerJoin(lessonVersions, eq(lessonVersions.id, lessons.currentVersionId))
		.innerJoin(courses, and(eq(courses.id, lessons.courseId), isNull(courses.archivedAt)))
		.innerJoin(courseVersions, eq(courseVersions.id, courses.currentVersionId))
		.where(eq(lessonArticles.articleId, articleId))
		.orderBy(asc(courses.position), asc(lessons.position));
}

/** The statutes that a course's lessons link to, the most linked first. */
export function listStatutesOf({ db }: Context, courseId: string) {
	return db
		.select({ slug: statutes.slug, title: statutes.title, short: statutes.short })
		.from(lessonArticles)
		.innerJoin(lessons, and(eq(lessons.currentVersionId, lessonArticles.versionId), isNull(lessons.archivedAt)))
		.innerJoin(articles, eq(articles.id, lessonArticles.articleId))
		.innerJoin(statutes, eq(statutes.slug, articles.statute))
		.where(eq(lessons.courseId, courseId))
		.groupBy(statutes.slug)
		.orderBy(desc(count()), asc(statutes.position));
}

/** How many questions in use rest on an article, whatever lesson they belong to. */
export async function countAsking({ db }: Context, articleId: string): Promise<number> {
	const [row] = await db
		.select({ count: sql<number>`(select count(*)::int from (${asked}) a)` })
		.from(articles)
		.where(eq(articles.id, articleId));
	return row?.count ?? 0;
}

/** How often each article of a statute is taught and asked, by its id. Articles that are neither are left out. */
export async function countTeaching(
	{ db }: Context,
	statute: string
): Promise<Map<string, { lessons: number; questions: number }>> {
	const rows = await db
		.select({
			id: articles.id,
			lessons: sql<number>`(
				select count(*)::int from ${lessonArticles} la
				join ${lessons} l on l.current_version_id = la.version_id and l.archived_at is null
				where la.article_id = articles.id
			)`,
			questions: sql<number>`(select count(*)::int from (${asked}) a)`
		})
		.from(articles)
		.where(eq(articles.statute, statute));
	return new Map(
		rows.filter(({ lessons, questions }) => lessons + questions > 0).map(({ id, ...counts }) => [id, counts])
	);
}
