import { compiledOutline } from '#lib/components/unit-reports/compiled-outline.ts';
import { env } from '#lib/server/platform/env.ts';
import { compileReports } from '#lib/server/unit-reports/compile-reports.ts';
import { docxResponse } from '#lib/server/web/docx-response.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals: { ctx }, params }) => {
	const { round, accepted } = await compileReports(ctx, params.cycle);
	const outline = compiledOutline(round, accepted, env.MINGFA_TIMEZONE);
	return docxResponse(outline.title, outline);
};
