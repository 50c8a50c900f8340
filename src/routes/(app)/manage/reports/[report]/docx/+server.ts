import { reportOutline } from '#lib/components/unit-reports/report-outline.ts';
import { env } from '#lib/server/platform/env.ts';
import { getVersion } from '#lib/server/unit-reports/get-version.ts';
import { docxResponse } from '#lib/server/web/docx-response.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals: { ctx }, params, url }) => {
	const version = await getVersion(ctx, params.report, url.searchParams.get('version'));
	const outline = reportOutline(version.content, version, env.MINGFA_TIMEZONE);
	return docxResponse(outline.title, outline);
};
