import { getEvent } from '#lib/server/events/queries.ts';
import { readEventFile } from '#lib/server/events/own-events.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { fileResponse } from '#lib/server/web/file-response.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params }) => {
	const ctx = locals.ctx as SignedIn;
	await getEvent(ctx, params.event);
	return fileResponse(await readEventFile(ctx, params.event, params.file));
};
