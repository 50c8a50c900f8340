import { overviewSheet } from '#lib/server/completion/sheets.ts';
import { readOverview } from '#lib/server/completion/read-overview.ts';
import { dateOf } from '#lib/server/platform/dates.ts';
import { xlsxResponse } from '#lib/server/web/xlsx-response.ts';
import { m } from '#lib/paraglide/messages.js';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals: { ctx }, params, url }) => {
	const overview = await readOverview(ctx, { unitId: params.unit }, url);
	const { year, asOf } = overview.period;
	return xlsxResponse(
		ctx,
		m.completion_file({ unit: overview.unit.name, year, date: dateOf(asOf) }),
		overviewSheet(overview)
	);
};
