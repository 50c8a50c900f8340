import { readProof } from '#lib/server/unit-reports/publicity/keep-plan.ts';
import { fileResponse } from '#lib/server/web/file-response.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals: { ctx }, params }) =>
	fileResponse(await readProof(ctx, params.plan, params.file));
