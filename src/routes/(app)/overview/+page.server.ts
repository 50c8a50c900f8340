import { demand } from '#lib/server/access/scope.ts';
import { listOverviewRoots, topmostOf } from '#lib/server/completion/overview-frame.ts';
import { readOverview } from '#lib/server/completion/read-overview.ts';
import type { PageServerLoad } from './$types';

/** Whoever is responsible for one unit is there at once; who is for several chooses. */
export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
	demand(ctx, 'completion:view');
	const [path, another] = topmostOf(ctx.actor);
	if (path && !another) return { roots: [], overview: await readOverview(ctx, { path }, url) };
	return { roots: await listOverviewRoots(ctx), overview: null };
};
