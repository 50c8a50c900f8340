import { countTeaching } from '#lib/server/courses/teaching-queries.ts';
import { markHits } from '#lib/server/platform/snippet.ts';
import { termsOf } from '#lib/server/platform/search-terms.ts';
import { countArticles, getStatute, listArticles, listVersions } from '#lib/server/statutes/queries.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
	const q = url.searchParams.get('q')?.trim() ?? '';
	const statute = await getStatute(ctx, params.statute);
	const [articles, held, versions, teaching] = await Promise.all([
		listArticles(ctx, statute.slug, q),
		countArticles(ctx, statute.slug),
		listVersions(ctx, statute.slug),
		countTeaching(ctx, statute.slug)
	]);
	const none = { lessons: 0, questions: 0 };
	const shown = articles.map(({ id, number, chapter, digest }) => ({
		id,
		number,
		chapter,
		digest: markHits(digest, termsOf(q)),
		...(teaching.get(id) ?? none)
	}));
	return { q, statute, held, versions, articles: shown };
};
