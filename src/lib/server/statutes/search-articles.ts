import { and, asc, desc, eq, isNull, or, sql, type SQL } from 'drizzle-orm';
import { articles, statutes } from '#db/schema/statutes.ts';
import type { Context } from '../platform/context.ts';
import { contains, containsAll, termsOf } from '../platform/search-terms.ts';
import { markHits, snippetOf } from '../platform/snippet.ts';
import { articleNumberIn } from './content/article-address.ts';
import { keywordText } from './queries.ts';

/**
 * Articles whose digest, keywords or statute hold every term, and the one that the search names: “劳动合同法第十四条”.
 * Named ones come first, then those with a term among their keywords, in the order of the statutes.
 */
export async function searchArticles({ db }: Context, query: string, { limit = 20, offset = 0 } = {}) {
	const terms = termsOf(query);
	if (terms.length === 0) return { total: 0, hits: [] };

	const named = namedArticle(query);
	const isKeyword = or(...terms.map((term) => contains(keywordText, term)))!;
	const rows = await db
		.select({
			statute: articles.statute,
			number: articles.number,
			digest: articles.digest,
			keywords: articles.keywords,
			short: statutes.short,
			total: sql<number>`count(*) over ()::int`
		})
		.from(articles)
		.innerJoin(statutes, eq(statutes.slug, articles.statute))
		.where(
			and(
				isNull(articles.archivedAt),
				isNull(statutes.archivedAt),
				or(
					named,
					containsAll(
						terms,
						articles.digest,
						keywordText,
						sql`${statutes.title}->>'zh-CN'`,
						sql`${statutes.title}->>'en'`
					)
				)
			)
		)
		.orderBy(
			...[named, isKeyword].filter((rank) => rank !== undefined).map((rank) => desc(rank)),
			asc(statutes.position),
			asc(articles.ordinal)
		)
		.limit(limit)
		.offset(offset);

	return {
		total: rows[0]?.total ?? 0,
		hits: rows.map(({ digest, keywords, total: _, ...article }) => ({
			...article,
			snippet: snippetOf(digest, terms),
			keywords: keywords.map((keyword) => markHits(keyword, terms))
		}))
	};
}

/** The article that a search names: 第十四条 of any statute, or of the one that is named before it. */
function namedArticle(query: string): SQL | undefined {
	const named = articleNumberIn(query.replace(/[《》\s]/g, ''));
	if (!named) return undefined;
	const { prefix, number } = named;
	return and(
		eq(articles.number, number),
		prefix
			? or(contains(sql`${statutes.title}->>'zh-CN'`, prefix), contains(sql`${statutes.short}->>'zh-CN'`, prefix))
			: undefined
	);
}
