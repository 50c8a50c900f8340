import type { SignedIn } from '#lib/server/platform/context.ts';
import { readExemptionProof } from '#lib/server/programmes/exemptions/queries.ts';
import { fileResponse } from '#lib/server/web/file-response.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params }) =>
	fileResponse(await readExemptionProof(locals.ctx as SignedIn, params.exemption));
