import { committeeSheet } from '#lib/server/assessments/grades/committee-sheet.ts';
import { getWholeCycle } from '#lib/server/assessments/cycle/read-cycle.ts';
import { readPlace } from '#lib/server/assessments/cycle/read-place.ts';
import { eachGraded } from '#lib/server/assessments/grades/list-grades.ts';
import { listSchemesUsed } from '#lib/server/assessments/schemes/schemes-used.ts';
import { notFound } from '#lib/server/platform/errors.ts';
import { xlsxResponse } from '#lib/server/web/xlsx-response.ts';
import { m } from '#lib/paraglide/messages.js';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals: { ctx }, params }) => {
	const cycle = await getWholeCycle(ctx, params.cycle, 'grade:edit');
	const place = await readPlace(ctx, cycle, null);
	if (!place) throw notFound('unit');
	const schemes = await listSchemesUsed(ctx, cycle.id);
	return xlsxResponse(
		ctx,
		m.assessments_committee_file({ unit: cycle.unit, year: cycle.year }),
		committeeSheet(eachGraded(ctx, cycle, place), schemes)
	);
};
