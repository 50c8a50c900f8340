import * as v from 'valibot';
import { programmeList } from '#lib/schemas/requirements.ts';
import { canSomewhere } from '#lib/server/access/scope.ts';
import { listProgrammes } from '#lib/server/programmes/requirements/queries.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
	const filter = v.parse(programmeList, Object.fromEntries(url.searchParams));
	const page = await listProgrammes(ctx, filter);
	return { ...page, filter, mayEdit: canSomewhere(ctx.actor, 'programme:edit') };
};
