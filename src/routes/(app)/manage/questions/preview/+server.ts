import { json } from '@sveltejs/kit';
import * as v from 'valibot';
import * as schemas from '#lib/schemas/questions.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { demand } from '#lib/server/access/scope.ts';
import { findSimilar } from '#lib/server/questions/find-similar.ts';
import { previewText } from '#lib/server/questions/preview-text.ts';
import { fieldsOf } from '#lib/server/web/form-fields.ts';
import { invalid } from '#lib/server/platform/errors.ts';
import type { RequestHandler } from './$types';

/** Texts of a question as pages will show them, and the questions that are much like it. */
export const POST: RequestHandler = async ({ locals, request }) => {
	const ctx = locals.ctx as SignedIn;
	demand(ctx, 'question:edit');
	const { success, output } = v.safeParse(schemas.previewTexts, fieldsOf(await request.formData()));
	if (!success) throw invalid('field.invalid');
	const { questionId, texts } = output;
	return json({
		html: texts.map((text) => previewText(text, questionId)),
		similar: await findSimilar(ctx, texts[0] ?? '', questionId)
	});
};
