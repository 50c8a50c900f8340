import { dateOf } from '#lib/server/platform/dates.ts';
import { caseSheet } from '#lib/server/promotions/case-sheet.ts';
import { eachCase } from '#lib/server/promotions/queries.ts';
import { readCaseFilter } from '#lib/server/promotions/read-cases.ts';
import { xlsxResponse } from '#lib/server/web/xlsx-response.ts';
import { m } from '#lib/paraglide/messages.js';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals: { ctx }, url }) => {
	const { view, filter, unit, units } = await readCaseFilter(ctx, url);
	return xlsxResponse(
		ctx,
		m.promotions_file({ unit: (unit ?? units.units[0])?.name ?? '', date: dateOf(ctx.now) }),
		caseSheet(ctx, eachCase(ctx, filter, view))
	);
};
