import { canSomewhere } from '#lib/server/access/scope.ts';
import { listPlans } from '#lib/server/unit-reports/plan/queries.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx } }) => ({
	plans: await listPlans(ctx),
	mayEdit: canSomewhere(ctx.actor, 'plan:edit')
});
