import * as schemas from '#lib/schemas/sitting.ts';
import { reportIncident } from '#lib/server/exams/sitting/report-incident.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { jsonInput } from '#lib/server/web/json-input.ts';
import type { RequestHandler } from './$types';

/** The page says that it was out of sight. */
export const POST: RequestHandler = async (event) => {
	const { attempt: attemptId, kind, seconds } = await jsonInput(event, schemas.incident);
	await reportIncident(event.locals.ctx as SignedIn, { attemptId, kind, seconds });
	return new Response(null, { status: 204 });
};
