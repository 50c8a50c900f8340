import { inArray, sql } from 'drizzle-orm';
import { articles, articleVersions } from '#db/schema/statutes.ts';
import { batchesOf } from '#lib/server/platform/batches.ts';
import { compare, type Tally } from '#lib/server/platform/content/compare.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { newId } from '#lib/server/platform/ids.ts';
import type { LibraryStatute } from './content/library-statute.ts';

/** Makes the stored articles those of the library. A digest that is rewritten is kept as a version. */
export async function syncArticles(
	{ db, now }: Context,
	library: LibraryStatute[]
): Promise<{ ids: Map<string, string>; tally: Tally }> {
	const stored = new Map(
		(await db.select().from(articles)).map((article) => [
			`${article.statute}/${article.number}`,
			{ ...article, place: placeOf(article) }
		])
	);
	const wanted = new Map(
		library.flatMap(({ slug, articles }) =>
			articles.map((article) => [
				article.address,
				{ ...article, id: stored.get(article.address)?.id ?? newId(), statute: slug, place: placeOf(article) }
			])
		)
	);
	const { touched, rewritten, gone, tally } = compare(wanted, stored);

	await keepDigests(
		{ db, now },
		rewritten.map(({ id }) => id)
	);
	for (const batch of batchesOf(touched)) {
		await db
			.insert(articles)
			.values(batch)
			.onConflictDoUpdate({
				target: articles.id,
				set: {
					ordinal: sql`excluded.ordinal`,
					chapter: sql`excluded.chapter`,
					digest: sql`excluded.digest`,
					keywords: sql`excluded.keywords`,
					see: sql`excluded.see`,
					hash: sql`excluded.hash`,
					archivedAt: null
				}
			});
	}
	if (gone.length > 0)
		await db
			.update(articles)
			.set({ archivedAt: now })
			.where(
				inArray(
					articles.id,
					gone.map(({ id }) => id)
				)
			);
	return { ids: new Map([...wanted].map(([address, { id }]) => [address, id])), tally };
}

const placeOf = ({ ordinal, chapter }: { ordinal: number; chapter: number | null }) => `${ordinal} ${chapter}`;

/** Writes down what the digests say now, before they are rewritten. */
async function keepDigests({ db, now }: Pick<Context, 'db' | 'now'>, ids: string[]): Promise<void> {
	await db.execute(sql`
		insert into ${articleVersions} (article_id, number, digest, hash, created_at)
		select a.id, 1 + (select count(*) from ${articleVersions} v where v.article_id = a.id), a.digest, a.hash, ${now}::timestamptz
		from ${articles} a where a.id = any(${sql.param(ids)}::uuid[])
	`);
}
