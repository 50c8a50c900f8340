import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { desc } from 'drizzle-orm';
import { librarySyncs } from '#db/schema/courses.ts';
import type { Problem } from '#lib/server/platform/content/problem.ts';
import { atomically, type Context } from '#lib/server/platform/context.ts';
import { newId } from '#lib/server/platform/ids.ts';
import { syncLibrary, type SyncReport } from './sync-library.ts';

/** `report` is missing where nothing was written: the files are those of the last time, or they have errors. */
export interface BroughtIn {
	problems: Problem[];
	report?: SyncReport;
}

/**
 * Reads, checks and synchronises a course library, unless `ifChanged` is asked for and its files are those of the last time.
 * @throws when the folder cannot be read
 */
export async function bringInLibrary(ctx: Context, folder: string, { ifChanged = false } = {}): Promise<BroughtIn> {
	const fingerprint = await fingerprintOf(folder);
	if (ifChanged && fingerprint === (await lastFingerprint(ctx))) return { problems: [] };

	// Parsers and renderers are loaded when there is something to read: most starts find nothing new.
	const { loadLibrary } = await import('./content/load-library.ts');
	const { library, problems } = await loadLibrary(folder);
	if (!library) return { problems };
	const report = await atomically(ctx, async (ctx) => {
		const report = await syncLibrary(ctx, library);
		await ctx.db.insert(librarySyncs).values({ id: newId(), fingerprint, at: ctx.now });
		return report;
	});
	return { problems, report };
}

async function lastFingerprint({ db }: Context): Promise<string | undefined> {
	const [last] = await db
		.select({ fingerprint: librarySyncs.fingerprint })
		.from(librarySyncs)
		.orderBy(desc(librarySyncs.at), desc(librarySyncs.id))
		.limit(1);
	return last?.fingerprint;
}

const root = path.resolve(import.meta.dirname, '../../../..');

/** Of every file of the library, and of the code that checks and renders it: a new release may render anew. */
async function fingerprintOf(folder: string): Promise<string> {
	const renderers = ['courses/content', 'questions', 'statutes/content', 'platform/markdown', 'platform/content'].map(
		(name) => path.join(root, 'src/lib/server', name)
	);
	const hash = createHash('sha256');
	for (const each of [folder, ...renderers]) {
		for (const file of await filesIn(each)) hash.update(`${path.relative(each, file)}\n`).update(await readFile(file));
	}
	return hash.digest('hex');
}

async function filesIn(folder: string): Promise<string[]> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	return entries
		.filter((entry) => entry.isFile())
		.map((entry) => path.join(entry.parentPath, entry.name))
		.sort();
}
