import { json } from '@sveltejs/kit';
import * as v from 'valibot';
import * as schemas from '#lib/schemas/sitting.ts';
import { saveAnswer } from '#lib/server/exams/sitting/save-answer.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { invalid } from '#lib/server/platform/errors.ts';
import type { RequestHandler } from './$types';

/** Saves one answer and gives the receipt; 202 where it came too late to count. */
export const PUT: RequestHandler = async ({ locals, params, request }) => {
	const body: unknown = await request.json().catch(() => null);
	const { success, output } = v.safeParse(schemas.saveAnswer, { ...Object(body), ...params });
	if (!success) throw invalid('answer.unfit');

	const { attempt: attemptId, slot, revision, writer, response, flagged } = output;
	const { counts, ...receipt } = await saveAnswer(locals.ctx as SignedIn, {
		attemptId,
		slot,
		revision,
		writer,
		response,
		flagged
	});
	return json(receipt, { status: counts ? 200 : 202 });
};
