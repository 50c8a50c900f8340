import * as v from 'valibot';
import { findingList } from '#lib/schemas/requirements.ts';
import { checkCycles, listFound } from '#lib/server/programmes/requirements/check-cycles.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
	const { kind, ...asked } = v.parse(findingList, Object.fromEntries(url.searchParams));
	return { findings: await checkCycles(ctx), kind, found: kind ? await listFound(ctx, kind, asked) : null };
};
