import { json } from '@sveltejs/kit';
import { demand } from '#lib/server/access/scope.ts';
import { searchArticles } from '#lib/server/statutes/search-articles.ts';
import type { RequestHandler } from './$types';

/** Articles that somebody means by what they typed, for an event to be about. */
export const GET: RequestHandler = async ({ locals: { ctx }, url }) => {
	demand(ctx, 'event:edit');
	const { hits } = await searchArticles(ctx, url.searchParams.get('q') ?? '', { limit: 12 });
	return json(hits.map(({ statute, number, short }) => ({ statute, number, short })));
};
