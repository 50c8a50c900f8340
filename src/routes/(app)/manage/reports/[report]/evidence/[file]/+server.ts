import { readEvidence } from '#lib/server/unit-reports/evidence.ts';
import { fileResponse } from '#lib/server/web/file-response.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals: { ctx }, params }) =>
	fileResponse(await readEvidence(ctx, params.report, params.file));
