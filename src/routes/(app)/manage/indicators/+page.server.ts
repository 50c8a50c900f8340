import { canSomewhere } from '#lib/server/access/scope.ts';
import { listSets } from '#lib/server/unit-reports/indicators/queries.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx } }) => ({
	sets: await listSets(ctx),
	mayEdit: canSomewhere(ctx.actor, 'indicator:edit')
});
