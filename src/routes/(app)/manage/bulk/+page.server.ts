import * as v from 'valibot';
import { bulkActList } from '#lib/schemas/bulk.ts';
import { listActs } from '#lib/server/bulk/queries.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const asked = v.parse(bulkActList, Object.fromEntries(url.searchParams));
	return { whose: asked.whose, ...(await listActs(locals.ctx as SignedIn, asked)) };
};
