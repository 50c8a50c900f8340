import { readingPosition } from '#lib/schemas/courses.ts';
import { saveReadingPosition } from '#lib/server/courses/save-reading-position.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { jsonInput } from '#lib/server/web/json-input.ts';
import type { RequestHandler } from './$types';

export const PUT: RequestHandler = async (event) => {
	await saveReadingPosition(event.locals.ctx as SignedIn, await jsonInput(event, readingPosition));
	return new Response(null, { status: 204 });
};
