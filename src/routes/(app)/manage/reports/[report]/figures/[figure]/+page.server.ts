import { figureKeys } from '#lib/schemas/unit-reports.ts';
import { demandWithin } from '#lib/server/access/scope.ts';
import { notFound } from '#lib/server/platform/errors.ts';
import { listPeopleCounted } from '#lib/server/unit-reports/figures.ts';
import { getReport } from '#lib/server/unit-reports/report-queries.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params, url: { searchParams: query } }) => {
	const report = await getReport(ctx, params.report);
	demandWithin(ctx, 'completion:people', report.unitPath, 'report');
	const key = figureKeys.find((each) => each === params.figure);
	if (!key) throw notFound('figure');
	const asked = { after: query.get('after'), before: query.get('before') };
	const page = await listPeopleCounted(ctx, { unitPath: report.unitPath, year: report.year, key }, asked);
	return { ...page, key, report: { id: report.id, unit: report.unit, year: report.year }, asOf: ctx.now };
};
