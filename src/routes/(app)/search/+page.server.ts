import { canSomewhere } from '#lib/server/access/scope.ts';
import { searchLessons } from '#lib/server/courses/search-lessons.ts';
import { findPeople } from '#lib/server/people/find-people.ts';
import { countPeople } from '#lib/server/people/list-people.ts';
import { searchArticles } from '#lib/server/statutes/search-articles.ts';
import type { PageServerLoad } from './$types';

const groups = ['lessons', 'articles'] as const;
const [few, many] = [5, 20];
/** People are counted so far; beyond, there are at least so many. */
const mostCounted = 10_000;

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
	const q = url.searchParams.get('q')?.trim() ?? '';
	const group = groups.find((name) => name === url.searchParams.get('in')) ?? null;
	const offset = Math.min(
		Math.max(Number.parseInt(url.searchParams.get('after') ?? url.searchParams.get('before') ?? '0') || 0, 0),
		10_000
	);
	const page = (name: string) => (group === name ? { limit: many, offset } : { limit: group ? 1 : few });

	const [lessons, articles] = await Promise.all([
		searchLessons(ctx, q, page('lessons')),
		searchArticles(ctx, q, page('articles'))
	]);
	// people only for those who keep the roster, and only those within their reach
	const named = q.slice(0, 60);
	const people =
		q && canSomewhere(ctx.actor, 'people:view')
			? {
					total: await countPeople(ctx, { q: named }, { most: mostCounted }),
					hits: group ? [] : await findPeople(ctx, { q: named })
				}
			: { total: 0, hits: [] };
	return { q, group, offset, size: many, lessons, articles, people, isAtLeast: people.total > mostCounted };
};
