import { demand } from '#lib/server/access/scope.ts';
import { listOverviewRoots } from '#lib/server/completion/queries.ts';
import { readOverview } from '#lib/server/completion/read-overview.ts';
import type { PageServerLoad } from './$types';

/** Whoever is responsible for one unit is there at once; who is for several chooses. */
export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
	demand(ctx, 'completion:view');
	const roots = await listOverviewRoots(ctx);
	const [only] = roots;
	return { roots, overview: only && roots.length === 1 ? await readOverview(ctx, only.id, url) : null };
};
