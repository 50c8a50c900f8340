import { getOwnEvent, readEventFile } from '#lib/server/events/own-events.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { fileResponse } from '#lib/server/web/file-response.ts';
import type { RequestHandler } from './$types';

/** A hand-out, for whoever takes part. Minutes and photos are for those who arrange the event. */
export const GET: RequestHandler = async ({ locals, params }) => {
	const ctx = locals.ctx as SignedIn;
	await getOwnEvent(ctx, params.event);
	return fileResponse(await readEventFile(ctx, params.event, params.file, ['material']));
};
