import { readOverview } from '#lib/server/completion/read-overview.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => ({
	overview: await readOverview(ctx, { unitId: params.unit }, url)
});
