import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { articles, articleVersions, statutes, statuteVersions } from '#db/schema/statutes.ts';
import type { Context } from '../platform/context.ts';
import { notFound } from '../platform/errors.ts';
import { containsAll, termsOf } from '../platform/search-terms.ts';

/** The statutes that lessons and questions rest on, in order, with the number of articles that have a digest. */
export function listStatutes({ db }: Context) {
	return db
		.select({
			slug: statutes.slug,
			title: statutes.title,
			short: statutes.short,
			level: statutes.level,
			issuer: statutes.issuer,
			adoptedOn: statutes.adoptedOn,
			effectiveOn: statutes.effectiveOn,
			lastArticle: statutes.lastArticle,
			amendedOn: sql<string | null>`(
				select max(v.adopted_on)::text from ${statuteVersions} v
				where v.statute = statutes.slug and v.adopted_on > statutes.adopted_on
			)`,
			articles: sql<number>`(select count(*)::int from ${articles} a where a.statute = statutes.slug and a.archived_at is null)`
		})
		.from(statutes)
		.where(isNull(statutes.archivedAt))
		.orderBy(asc(statutes.position));
}

export type Statute = typeof statutes.$inferSelect;

/** A statute, archived or not: whatever once cited it can still be followed. @throws not-found statute.not-found */
export async function getStatute({ db }: Context, slug: string): Promise<Statute> {
	const [statute] = await db.select().from(statutes).where(eq(statutes.slug, slug));
	if (!statute) throw notFound('statute');
	return statute;
}

/** The articles of a statute in order; with `search`, those whose number, digest or keywords hold every term. */
export function listArticles({ db }: Context, slug: string, search = '') {
	const terms = termsOf(search);
	return db
		.select({
			id: articles.id,
			number: articles.number,
			chapter: articles.chapter,
			ordinal: articles.ordinal,
			digest: articles.digest,
			keywords: articles.keywords
		})
		.from(articles)
		.where(
			and(eq(articles.statute, slug), isNull(articles.archivedAt), containsAll(terms, articles.digest, keywordText))
		)
		.orderBy(asc(articles.ordinal));
}

/** How many articles of a statute are held. */
export const countArticles = ({ db }: Context, slug: string): Promise<number> =>
	db.$count(articles, and(eq(articles.statute, slug), isNull(articles.archivedAt)));

/** The keywords of an article as one text. */
export const keywordText = sql`array_to_string(${articles.keywords}, ' ')`;

/** The wordings of a statute, the latest first. */
export function listVersions({ db }: Context, slug: string) {
	return db
		.select()
		.from(statuteVersions)
		.where(eq(statuteVersions.statute, slug))
		.orderBy(sql`${statuteVersions.effectiveOn} desc`);
}

/** One article with its statute and its neighbours. @throws not-found article.not-found */
export async function getArticle({ db }: Context, statute: string, number: string) {
	const neighbour = (way: 'before' | 'after') => {
		const [compared, order] = way === 'before' ? [sql`<`, sql`desc`] : [sql`>`, sql`asc`];
		return sql<string | null>`(
			select n.number from ${articles} n
			where n.statute = ${articles.statute} and n.archived_at is null and n.ordinal ${compared} ${articles.ordinal}
			order by n.ordinal ${order} limit 1
		)`;
	};
	const [found] = await db
		.select({ article: articles, statute: statutes, previous: neighbour('before'), next: neighbour('after') })
		.from(articles)
		.innerJoin(statutes, eq(statutes.slug, articles.statute))
		.where(and(eq(articles.statute, statute), eq(articles.number, number)));
	if (!found) throw notFound('article');
	return found;
}

/** Articles by their addresses ("labour-contract/82"), in the order of the statutes. */
export function listByAddress({ db }: Context, addresses: string[]) {
	return db
		.select({ statute: articles.statute, number: articles.number, digest: articles.digest, short: statutes.short })
		.from(articles)
		.innerJoin(statutes, eq(statutes.slug, articles.statute))
		.where(and(inArray(sql`${articles.statute} || '/' || ${articles.number}`, addresses), isNull(articles.archivedAt)))
		.orderBy(asc(statutes.position), asc(articles.ordinal));
}

/** What the digest of an article said before, the latest first. */
export function listEarlierDigests({ db }: Context, articleId: string) {
	return db
		.select({ number: articleVersions.number, digest: articleVersions.digest, replacedAt: articleVersions.createdAt })
		.from(articleVersions)
		.where(eq(articleVersions.articleId, articleId))
		.orderBy(sql`${articleVersions.number} desc`);
}
