import { getVersion } from '#lib/server/unit-reports/get-version.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => ({
	reportId: params.report,
	version: await getVersion(ctx, params.report, url.searchParams.get('version'))
});
