import { eq, inArray, sql } from 'drizzle-orm';
import { lessonArticles, lessons, lessonVersions } from '#db/schema/courses.ts';
import { batchesOf } from '#lib/server/platform/batches.ts';
import { compare, type Tally } from '#lib/server/platform/content/compare.ts';
import { contentHash } from '#lib/server/platform/content/content-hash.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { newId } from '#lib/server/platform/ids.ts';
import type { LibraryCourse, LibraryLesson } from './content/library.ts';

/**
 * Makes the stored lessons those of the library, inside the caller's transaction.
 * @returns ids by slug, for each course by its id
 */
export async function syncLessons(
	ctx: Context,
	library: LibraryCourse[],
	courseIds: ReadonlyMap<string, string>,
	articleIds: ReadonlyMap<string, string>
): Promise<{ ids: Map<string, Map<string, string>>; tally: Tally }> {
	const { db, now } = ctx;
	const stored = await listStored(ctx);
	const wanted = rowsFor(library, courseIds, stored);
	const { touched, rewritten, gone, tally } = compare(wanted, stored);

	for (const batch of batchesOf(touched)) {
		await db
			.insert(lessons)
			.values(batch.map(({ id, courseId, slug, position }) => ({ id, courseId, slug, position, createdAt: now })))
			.onConflictDoUpdate({ target: lessons.id, set: { position: sql`excluded.position`, archivedAt: null } });
	}
	if (gone.length > 0)
		await db
			.update(lessons)
			.set({ archivedAt: now })
			.where(
				inArray(
					lessons.id,
					gone.map(({ id }) => id)
				)
			);

	await addVersions(
		ctx,
		rewritten.map((lesson) => ({ lesson, number: (stored.get(keyOf(lesson))?.number ?? 0) + 1 })),
		articleIds
	);
	const ids = new Map([...courseIds.values()].map((courseId) => [courseId, new Map<string, string>()]));
	for (const { courseId, slug, id } of wanted.values()) ids.get(courseId)?.set(slug, id);
	return { ids, tally };
}

const keyOf = ({ courseId, slug }: { courseId: string; slug: string }) => `${courseId}/${slug}`;

async function listStored({ db }: Context) {
	const rows = await db
		.select({
			id: lessons.id,
			courseId: lessons.courseId,
			slug: lessons.slug,
			place: sql<string>`${lessons.position}::text`,
			archivedAt: lessons.archivedAt,
			hash: sql<string>`coalesce(${lessonVersions.hash}, '')`,
			number: sql<number>`coalesce(${lessonVersions.number}, 0)`
		})
		.from(lessons)
		.leftJoin(lessonVersions, eq(lessonVersions.id, lessons.currentVersionId));
	return new Map(rows.map((row) => [keyOf(row), row]));
}

function rowsFor(
	library: LibraryCourse[],
	courseIds: ReadonlyMap<string, string>,
	stored: ReadonlyMap<string, { id: string }>
) {
	const rows = library.flatMap((course) => {
		const courseId = courseIds.get(course.slug)!;
		return course.lessons.map((lesson) => {
			const id = stored.get(keyOf({ courseId, slug: lesson.slug }))?.id ?? newId();
			// What is rendered belongs to the version: it is what was read.
			return { ...lesson, id, courseId, hash: contentHash([lesson.hash, lesson.html]), place: String(lesson.position) };
		});
	});
	return new Map(rows.map((row) => [keyOf(row), row]));
}

interface NewVersion {
	lesson: LibraryLesson & { id: string };
	number: number;
}

async function addVersions(
	{ db, now }: Context,
	added: NewVersion[],
	articleIds: ReadonlyMap<string, string>
): Promise<void> {
	for (const batch of batchesOf(added)) {
		const rows = batch.map((version) => ({ ...version, versionId: newId() }));
		await db.insert(lessonVersions).values(
			rows.map(
				({
					versionId,
					number,
					lesson: { id: lessonId, title, summary, html, headings, text: plain, length, draw, pass, hash }
				}) => ({
					...{ id: versionId, lessonId, number, title, summary, html, headings, plain, length, draw, pass, hash },
					createdAt: now
				})
			)
		);
		const cited = rows.flatMap(({ versionId, lesson }) =>
			lesson.articles.map((address) => ({ versionId, articleId: articleIds.get(address)! }))
		);
		for (const part of batchesOf(cited)) await db.insert(lessonArticles).values(part);
		await db.execute(sql`
			update ${lessons} set current_version_id = v.id
			from ${lessonVersions} v where v.lesson_id = ${lessons}.id and v.id = any(${sql.param(rows.map(({ versionId }) => versionId))}::uuid[])
		`);
	}
}
