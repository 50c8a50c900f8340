import * as v from 'valibot';
import * as schemas from '#lib/schemas/audiences.ts';
import { canSomewhere } from '#lib/server/access/scope.ts';
import { listAudiences } from '#lib/server/programmes/audiences/list-audiences.ts';
import { namesIn } from '#lib/server/programmes/audiences/names-in.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
	const filter = v.parse(schemas.audienceList, Object.fromEntries(url.searchParams));
	const page = await listAudiences(ctx, filter);
	const names = await namesIn(
		ctx,
		page.rows.map(({ rule }) => rule)
	);
	return { ...page, names, filter, mayEdit: canSomewhere(ctx.actor, 'programme:edit') };
};
