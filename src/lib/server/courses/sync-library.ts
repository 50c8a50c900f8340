import { sql } from 'drizzle-orm';
import { record } from '#lib/server/audit/record.ts';
import type { Tally } from '#lib/server/platform/content/compare.ts';
import { atomically, type Context } from '#lib/server/platform/context.ts';
import { enqueue } from '#lib/server/platform/enqueue.ts';
import { syncQuestions } from '#lib/server/questions/sync-questions.ts';
import type { LibraryStatute } from '#lib/server/statutes/content/library-statute.ts';
import { syncStatutes } from '#lib/server/statutes/sync-statutes.ts';
import type { Library } from './content/library.ts';
import { syncCourses, syncFiles } from './sync-courses.ts';
import { syncLessons } from './sync-lessons.ts';

/** What a synchronisation did, by kind of thing. */
export type SyncReport = Record<'statutes' | 'articles' | 'courses' | 'lessons' | 'questions', Tally> & {
	files: Pick<Tally, 'new' | 'changed'>;
};

/** One synchronisation at a time, whichever process begins it. */
const syncLock = 727_000_003;

/**
 * Makes the stored library that of the files, in one transaction. What changed gets a new version; what was learnt stays
 * tied to the version that it was learnt under. What has left the files is archived, never deleted.
 */
export function syncLibrary(ctx: Context, library: Library): Promise<SyncReport> {
	return atomically(ctx, async (ctx) => {
		await ctx.db.execute(sql`select pg_advisory_xact_lock(${syncLock})`);

		const { articleIds, tallies } = await syncStatutes(ctx, inOrder(library));
		const courses = await syncCourses(ctx, library.courses);
		const lessons = await syncLessons(ctx, library.courses, courses.ids, articleIds);
		const files = await syncFiles(ctx, library.courses, courses.ids);
		const inCourses = library.courses.map(({ slug, questions }) => {
			const courseId = courses.ids.get(slug)!;
			return { courseId, lessonIds: lessons.ids.get(courseId)!, questions };
		});
		const questions = await syncQuestions(ctx, inCourses, articleIds);

		const report = { ...tallies, courses: courses.tally, lessons: lessons.tally, questions, files };
		if (hasChanged(report)) await record(ctx, 'library.synced', null, report);
		// Whoever lacked only what was taken out has completed the course; whom that concerns is heard by the queue.
		if (lessons.tally.archived > 0)
			await enqueue(ctx, 'courses.complete-finished', {}, { key: 'courses.complete-finished' });
		return report;
	});
}

const levels: LibraryStatute['level'][] = ['law', 'regulation', 'interpretation', 'rule'];

/** The statutes that courses teach come first, in the order of the courses; then by level, the older before the newer. */
function inOrder({ statutes, courses }: Library): LibraryStatute[] {
	const taught = courses.map(({ statute }) => statute);
	const rank = ({ slug, level }: LibraryStatute) =>
		taught.includes(slug) ? taught.indexOf(slug) : taught.length + levels.indexOf(level);
	return statutes.toSorted((a, b) => rank(a) - rank(b) || (a.adopted < b.adopted ? -1 : 1));
}

/** Whether the synchronisation found anything to do. */
export const hasChanged = (report: SyncReport): boolean =>
	Object.values(report).some((tally) => Object.values(tally).some((count) => count > 0));
