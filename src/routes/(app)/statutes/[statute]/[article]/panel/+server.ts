import { json } from '@sveltejs/kit';
import { readArticle } from '#lib/server/courses/read-article.ts';
import type { RequestHandler } from './$types';

/** What the panel beside a lesson shows of an article. */
export const GET: RequestHandler = async ({ locals, params }) =>
	json(await readArticle(locals.ctx, params), { headers: { 'cache-control': 'private, max-age=300' } });
