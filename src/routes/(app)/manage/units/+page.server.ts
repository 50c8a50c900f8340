import { canSomewhere, demand } from '#lib/server/access/scope.ts';
import { listPendingChanges } from '#lib/server/units/pending-changes.ts';
import { listTree } from '#lib/server/units/queries.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, url: { searchParams: query } }) => {
	demand(ctx, 'unit:view');
	const search = query.get('q')?.trim().slice(0, 60) ?? '';
	const closed = query.get('closed') === 'on';
	const tree = await listTree(ctx, { search, closed });
	return {
		search,
		closed,
		units: tree.map(({ path: _, ...unit }) => unit),
		pending: await listPendingChanges(ctx),
		mayEdit: canSomewhere(ctx.actor, 'unit:edit'),
		seesPeople: canSomewhere(ctx.actor, 'people:view')
	};
};
