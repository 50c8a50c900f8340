import { canEverywhere, demand } from '#lib/server/access/scope.ts';
import { countBelow, listStandings, yearOfFilter } from '#lib/server/hours/list-standings.ts';
import { countPeople } from '#lib/server/people/list-people.ts';
import { yearOf } from '#lib/server/platform/dates.ts';
import { listUnitChoices } from '#lib/server/units/find-units.ts';
import { readFilter } from './read-filter.ts';
import type { PageServerLoad } from './$types';

/** Whoever is below a target is counted among as many people as these; beyond, counting would take longer than reading. */
const mostCounted = 10_000;

export const load: PageServerLoad = async ({ locals: { ctx }, url: { searchParams: query } }) => {
	demand(ctx, 'hours:view');
	const { filter, sort } = readFilter(query);
	const thisYear = yearOf(ctx.now);
	const [page, count, units] = await Promise.all([
		listStandings(ctx, filter, { sort, after: query.get('after'), before: query.get('before') }),
		countPeople(ctx, filter, { ability: 'hours:view', most: mostCounted }),
		listUnitChoices(ctx, 'hours:view', filter.unit)
	]);
	return {
		...{ filter, sort, units, ...page, mostCounted },
		year: yearOfFilter(ctx, filter),
		years: [0, 1, 2, 3, 4].map((back) => thisYear - back),
		people: count,
		below: count <= mostCounted ? await countBelow(ctx, filter) : null,
		maySet: canEverywhere(ctx.actor, 'settings:edit')
	};
};
