import { eachResult } from '#lib/server/assessments/queries.ts';
import { readResultFilter } from '#lib/server/assessments/read-filter.ts';
import { resultSheet } from '#lib/server/assessments/result-sheet.ts';
import { xlsxResponse } from '#lib/server/web/xlsx-response.ts';
import { m } from '#lib/paraglide/messages.js';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals: { ctx }, url }) => {
	const { filter, unit } = await readResultFilter(ctx, url);
	return xlsxResponse(
		ctx,
		m.assessments_file({ unit: unit.name, year: filter.year }),
		resultSheet(eachResult(ctx, filter))
	);
};
