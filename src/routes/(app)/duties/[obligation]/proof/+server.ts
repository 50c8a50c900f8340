import type { SignedIn } from '#lib/server/platform/context.ts';
import { readEquivalentProof } from '#lib/server/programmes/requirements/read-equivalent-proof.ts';
import { fileResponse } from '#lib/server/web/file-response.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params }) =>
	fileResponse(await readEquivalentProof(locals.ctx as SignedIn, params.obligation));
