import { json } from '@sveltejs/kit';
import * as v from 'valibot';
import * as schemas from '#lib/schemas/checks.ts';
import { saveAnswer } from '#lib/server/courses/save-answer.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { invalid } from '#lib/server/platform/errors.ts';
import type { RequestHandler } from './$types';

/** Saves one answer while the page stays open, and gives the receipt. */
export const PUT: RequestHandler = async ({ locals, params, request }) => {
	const body: unknown = await request.json().catch(() => null);
	const { success, output } = v.safeParse(schemas.saveAnswer, { ...Object(body), position: params.position });
	if (!success) throw invalid('answer.unfit');
	return json(await saveAnswer(locals.ctx as SignedIn, output));
};
