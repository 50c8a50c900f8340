import type { SignedIn } from '#lib/server/platform/context.ts';
import { notFound } from '#lib/server/platform/errors.ts';
import { isId } from '#lib/server/platform/ids.ts';
import { readProof } from '#lib/server/promotions/read-proof.ts';
import { fileResponse } from '#lib/server/web/file-response.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params: { promotion, file } }) => {
	if (!isId(promotion) || !isId(file)) throw notFound('file');
	return fileResponse(await readProof(locals.ctx as SignedIn, promotion, file));
};
