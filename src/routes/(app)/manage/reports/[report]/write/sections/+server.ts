import { json } from '@sveltejs/kit';
import * as schemas from '#lib/schemas/unit-reports.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { saveSections } from '#lib/server/unit-reports/save-section.ts';
import { jsonInput } from '#lib/server/web/json-input.ts';
import type { RequestHandler } from './$types';

/** Saves sections while they are being written. 409 where somebody else came first: what they saved is in the answer. */
export const PUT: RequestHandler = async (event) => {
	const savings = await saveSections(event.locals.ctx as SignedIn, await jsonInput(event, schemas.sentSections));
	return json(savings, { status: savings.every(({ saved }) => saved) ? 200 : 409 });
};
