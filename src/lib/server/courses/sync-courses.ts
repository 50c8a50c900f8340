import { eq, inArray, sql } from 'drizzle-orm';
import { courseFiles, courses, courseVersions } from '#db/schema/courses.ts';
import { compare, type Tally } from '#lib/server/platform/content/compare.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { newId } from '#lib/server/platform/ids.ts';
import type { LibraryCourse } from './content/library.ts';

/**
 * Makes the stored courses those of the library, without their lessons, inside the caller's transaction.
 * @returns ids by slug
 */
export async function syncCourses(
	{ db, now }: Context,
	library: LibraryCourse[]
): Promise<{ ids: Map<string, string>; tally: Tally }> {
	const stored = await listStored({ db });
	const wanted = new Map(
		library.map((course, position) => [
			course.slug,
			{ ...course, position, place: String(position), id: stored.get(course.slug)?.id ?? newId() }
		])
	);
	const { touched, rewritten, gone, tally } = compare(wanted, stored);

	if (touched.length > 0) {
		await db
			.insert(courses)
			.values(touched.map(({ id, slug, position }) => ({ id, slug, position, createdAt: now })))
			.onConflictDoUpdate({ target: courses.id, set: { position: sql`excluded.position`, archivedAt: null } });
	}
	if (gone.length > 0)
		await db
			.update(courses)
			.set({ archivedAt: now })
			.where(
				inArray(
					courses.id,
					gone.map(({ id }) => id)
				)
			);
	if (rewritten.length > 0) {
		const versions = rewritten.map(({ id: courseId, title, summary, audience, statute, kind, hours, hash }) => {
			const number = ([...stored.values()].find(({ id }) => id === courseId)?.number ?? 0) + 1;
			return { id: newId(), courseId, number, title, summary, audience, statute, kind, hours, hash, createdAt: now };
		});
		await db.insert(courseVersions).values(versions);
		await db.execute(sql`
			update ${courses} set current_version_id = v.id
			from ${courseVersions} v where v.course_id = ${courses}.id and v.id = any(${sql.param(versions.map(({ id }) => id))}::uuid[])
		`);
	}
	return { ids: new Map([...wanted].map(([slug, { id }]) => [slug, id])), tally };
}

async function listStored({ db }: Pick<Context, 'db'>) {
	const rows = await db
		.select({
			id: courses.id,
			slug: courses.slug,
			place: sql<string>`${courses.position}::text`,
			archivedAt: courses.archivedAt,
			hash: sql<string>`coalesce(${courseVersions.hash}, '')`,
			number: sql<number>`coalesce(${courseVersions.number}, 0)`
		})
		.from(courses)
		.leftJoin(courseVersions, eq(courseVersions.id, courses.currentVersionId));
	return new Map(rows.map((row) => [row.slug, row]));
}

/** Takes in new and changed pictures. One that has left the folder stays: earlier versions of lessons show it. */
export async function syncFiles(
	{ db }: Context,
	library: LibraryCourse[],
	courseIds: ReadonlyMap<string, string>
): Promise<{ new: number; changed: number }> {
	const stored = await db
		.select({ courseId: courseFiles.courseId, name: courseFiles.name, hash: courseFiles.hash })
		.from(courseFiles);
	const hashes = new Map(stored.map(({ courseId, name, hash }) => [`${courseId}/${name}`, hash]));
	const tally = { new: 0, changed: 0 };

	for (const { slug, files } of library) {
		for (const { name, type, bytes, hash } of files) {
			const courseId = courseIds.get(slug)!;
			const before = hashes.get(`${courseId}/${name}`);
			if (before === hash) continue;
			const row = { courseId, name, type, bytes: Buffer.from(bytes), hash };
			await db
				.insert(courseFiles)
				.values(row)
				.onConflictDoUpdate({ target: [courseFiles.courseId, courseFiles.name], set: row });
			tally[before ? 'changed' : 'new'] += 1;
		}
	}
	return tally;
}
