import { canSomewhere } from '#lib/server/access/scope.ts';
import { listPeopleLists } from '#lib/server/programmes/audiences/people-lists.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx } }) => ({
	lists: await listPeopleLists(ctx),
	mayEdit: canSomewhere(ctx.actor, 'programme:edit')
});
