import { canSomewhere } from '#lib/server/access/scope.ts';
import { listCycles } from '#lib/server/assessments/cycle/list-cycles.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx } }) => ({
	cycles: await listCycles(ctx),
	mayOpen: canSomewhere(ctx.actor, 'result:confirm'),
	maySchemes: canSomewhere(ctx.actor, 'scheme:view')
});
