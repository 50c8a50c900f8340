import * as v from 'valibot';
import * as schemas from '#lib/schemas/programmes.ts';
import { canSomewhere } from '#lib/server/access/scope.ts';
import { listAssignments } from '#lib/server/programmes/assignment-queries.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
	const filter = v.parse(schemas.assignmentList, Object.fromEntries(url.searchParams));
	const page = await listAssignments(ctx, filter);
	return { ...page, filter, mayAssign: canSomewhere(ctx.actor, 'training:assign') };
};
