import { asc, eq, inArray } from 'drizzle-orm';
import { questionArticles } from '#db/schema/questions.ts';
import { articles, statutes } from '#db/schema/statutes.ts';
import type { Context } from '../platform/context.ts';

export interface CitedArticle {
	statute: string;
	number: string;
	digest: string;
	short: { 'zh-CN': string; en: string };
}

/** The articles that versions of questions rest on, by version. */
export async function listCitedArticles(
	{ db }: Context,
	versionIds: string[]
): Promise<ReadonlyMap<string, CitedArticle[]>> {
	if (versionIds.length === 0) return new Map();
	const rows = await db
		.select({
			versionId: questionArticles.versionId,
			statute: articles.statute,
			number: articles.number,
			digest: articles.digest,
			short: statutes.short
		})
		.from(questionArticles)
		.innerJoin(articles, eq(articles.id, questionArticles.articleId))
		.innerJoin(statutes, eq(statutes.slug, articles.statute))
		.where(inArray(questionArticles.versionId, versionIds))
		.orderBy(asc(statutes.position), asc(articles.ordinal));
	return Map.groupBy(rows, ({ versionId }) => versionId);
}
