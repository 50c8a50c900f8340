import { canSomewhere } from '#lib/server/access/scope.ts';
import { listCycles, listOwnReports } from '#lib/server/unit-reports/cycle-queries.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx } }) => {
	const [cycles, own] = await Promise.all([listCycles(ctx), listOwnReports(ctx)]);
	return { cycles, own, mayOpen: canSomewhere(ctx.actor, 'report:decide') };
};
