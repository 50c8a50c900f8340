import { readProof } from '#lib/server/events/list-trainings.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { fileResponse } from '#lib/server/web/file-response.ts';
import type { RequestHandler } from './$types';

/** The proof of a report, for the person and for those who decide about it. */
export const GET: RequestHandler = async ({ locals, params }) =>
	fileResponse(await readProof(locals.ctx as SignedIn, params.training));
