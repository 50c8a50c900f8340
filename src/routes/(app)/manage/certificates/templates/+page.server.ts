import { canSomewhere } from '#lib/server/access/scope.ts';
import { listTemplates } from '#lib/server/certificates/templates.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx } }) => ({
	templates: await listTemplates(ctx),
	mayEdit: canSomewhere(ctx.actor, 'certificate:edit')
});
