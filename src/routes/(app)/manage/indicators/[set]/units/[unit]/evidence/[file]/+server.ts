import { readProof } from '#lib/server/unit-reports/indicators/read-proof.ts';
import { fileResponse } from '#lib/server/web/file-response.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals: { ctx }, params }) =>
	fileResponse(await readProof(ctx, params.set, params.unit, params.file));
