import { readArticle } from '#lib/server/courses/read-article.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => readArticle(locals.ctx, params);
