import { inArray, sql } from 'drizzle-orm';
import { statutes, statuteVersions } from '#db/schema/statutes.ts';
import { batchesOf } from '#lib/server/platform/batches.ts';
import { compare, type Tally } from '#lib/server/platform/content/compare.ts';
import type { Context } from '#lib/server/platform/context.ts';
import type { LibraryStatute } from './content/library-statute.ts';
import { syncArticles } from './sync-articles.ts';

/**
 * Makes the stored statutes and articles those of the library, inside the caller's transaction.
 * @returns ids of the articles by address, for lessons and questions to rest on
 */
export async function syncStatutes(
	ctx: Context,
	library: LibraryStatute[]
): Promise<{ articleIds: Map<string, string>; tallies: { statutes: Tally; articles: Tally } }> {
	const { db, now } = ctx;
	const wanted = library.map((statute, position) => ({ ...statute, place: String(position), position }));
	const stored = await db.select().from(statutes);
	const { touched, gone, tally } = compare(
		new Map(wanted.map((statute) => [statute.slug, statute])),
		new Map(stored.map((statute) => [statute.slug, { ...statute, place: String(statute.position) }]))
	);

	for (const batch of batchesOf(touched)) {
		await db
			.insert(statutes)
			.values(
				batch.map(({ adopted: adoptedOn, effective: effectiveOn, ...statute }) => ({
					...statute,
					adoptedOn,
					effectiveOn
				}))
			)
			.onConflictDoUpdate({ target: statutes.slug, set: incoming });
	}
	await saveVersions(ctx, touched);
	if (gone.length > 0)
		await db
			.update(statutes)
			.set({ archivedAt: now })
			.where(
				inArray(
					statutes.slug,
					gone.map(({ slug }) => slug)
				)
			);

	const articles = await syncArticles(ctx, library);
	return { articleIds: articles.ids, tallies: { statutes: tally, articles: articles.tally } };
}

const incoming = {
	title: sql`excluded.title`,
	short: sql`excluded.short`,
	level: sql`excluded.level`,
	issuer: sql`excluded.issuer`,
	adoptedOn: sql`excluded.adopted_on`,
	effectiveOn: sql`excluded.effective_on`,
	lastArticle: sql`excluded.last_article`,
	chapters: sql`excluded.chapters`,
	position: sql`excluded.position`,
	hash: sql`excluded.hash`,
	archivedAt: null
};

/** Versions are corrected and added; one that the file no longer names stays. */
async function saveVersions({ db }: Context, touched: LibraryStatute[]): Promise<void> {
	const rows = touched.flatMap(({ slug, versions }) =>
		versions.map(({ id, adopted, session, effective, changed = [] }) => ({
			statute: slug,
			version: id,
			adoptedOn: adopted,
			session,
			effectiveOn: effective,
			changed
		}))
	);
	for (const batch of batchesOf(rows)) {
		await db
			.insert(statuteVersions)
			.values(batch)
			.onConflictDoUpdate({
				target: [statuteVersions.statute, statuteVersions.version],
				set: {
					adoptedOn: sql`excluded.adopted_on`,
					session: sql`excluded.session`,
					effectiveOn: sql`excluded.effective_on`,
					changed: sql`excluded.changed`
				}
			});
	}
}
