import { can } from '#lib/server/access/scope.ts';
import { listPeopleBehind } from '#lib/server/completion/list-people.ts';
import { readPeopleFilter } from '#lib/server/completion/read-people.ts';
import { dateOf } from '#lib/server/platform/dates.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
	const asked = await readPeopleFilter(ctx, params.unit, url);
	return {
		...asked,
		today: dateOf(ctx.now),
		opensPeople: can(ctx.actor, 'people:view', asked.unit.path),
		page: await listPeopleBehind(ctx, params.unit, asked.filter, {
			after: url.searchParams.get('after'),
			before: url.searchParams.get('before')
		})
	};
};
