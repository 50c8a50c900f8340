import type { Context } from '../platform/context.ts';
import { getArticle, listByAddress, listEarlierDigests, listVersions } from '../statutes/queries.ts';
import { countAsking, listTeaching } from './teaching-queries.ts';

export type ArticlePage = Awaited<ReturnType<typeof readArticle>>;

/** An article with its history, its relations and where it is taught and asked. @throws not-found article.not-found */
export async function readArticle(
	ctx: Context,
	{ statute: slug, article: number }: { statute: string; article: string }
) {
	const { article, statute, previous, next } = await getArticle(ctx, slug, number);
	const versions = await listVersions(ctx, slug);
	const chapter = statute.chapters.find(({ number }) => number === article.chapter);
	return {
		article: { number, digest: article.digest, keywords: article.keywords, archived: article.archivedAt !== null },
		statute: { slug, title: statute.title, short: statute.short, effectiveOn: statute.effectiveOn },
		chapter: chapter && { number: chapter.number, title: chapter.title },
		// The first wording holds every article; later ones name those that they changed.
		versions: versions.map(({ version, adoptedOn, effectiveOn, session, changed }) => ({
			version,
			adoptedOn,
			effectiveOn,
			session,
			isChanged: changed.includes(number)
		})),
		previous,
		next,
		see: await listByAddress(ctx, article.see),
		earlier: await listEarlierDigests(ctx, article.id),
		teaching: await listTeaching(ctx, article.id),
		asked: await countAsking(ctx, article.id)
	};
}
