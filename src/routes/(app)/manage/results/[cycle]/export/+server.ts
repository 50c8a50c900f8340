import { getCycle } from '#lib/server/assessments/cycle/read-cycle.ts';
import { readFilter, readPlace } from '#lib/server/assessments/cycle/read-place.ts';
import { eachResult } from '#lib/server/assessments/queries.ts';
import { resultSheet } from '#lib/server/assessments/result-sheet.ts';
import { listSchemesUsed } from '#lib/server/assessments/schemes/schemes-used.ts';
import { notFound } from '#lib/server/platform/errors.ts';
import { xlsxResponse } from '#lib/server/web/xlsx-response.ts';
import { m } from '#lib/paraglide/messages.js';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals: { ctx }, params, url }) => {
	const cycle = await getCycle(ctx, params.cycle);
	const place = await readPlace(ctx, cycle, url.searchParams.get('unit'));
	if (!place) throw notFound('unit');
	const schemes = await listSchemesUsed(ctx, cycle.id);
	return xlsxResponse(
		ctx,
		m.assessments_file({ unit: place.name, year: cycle.year }),
		resultSheet(eachResult(ctx, readFilter(cycle, place, url)), schemes, cycle)
	);
};
