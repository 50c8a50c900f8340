import { getScheme } from '#lib/server/assessments/schemes/read-scheme.ts';
import { tryScheme } from '#lib/server/assessments/schemes/try-scheme.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params }) => {
	const scheme = await getScheme(ctx, params.scheme);
	return { scheme: { id: scheme.id, name: scheme.name }, tried: await tryScheme(ctx, scheme) };
};
