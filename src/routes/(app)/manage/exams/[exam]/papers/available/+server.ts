import { json } from '@sveltejs/kit';
import * as v from 'valibot';
import * as schemas from '#lib/schemas/exam-papers.ts';
import { demand } from '#lib/server/access/scope.ts';
import { countAvailable } from '#lib/server/exams/read-blueprint.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { DomainError, invalid } from '#lib/server/platform/errors.ts';
import { errorMessage } from '#lib/server/web/error-message.ts';
import { fieldsOf } from '#lib/server/web/form-fields.ts';
import type { RequestHandler } from './$types';

/** How many questions a section could draw from that is still being put together; or what in it is wrong. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
	const ctx = locals.ctx as SignedIn;
	demand(ctx, 'exam:edit');
	const form = new FormData();
	for (const [name, value] of url.searchParams) form.append(name, value);
	const { success, output } = v.safeParse(schemas.countAvailable, fieldsOf(form));
	if (!success) throw invalid('field.invalid');
	try {
		return json({ available: await countAvailable(ctx, params.exam, output) });
	} catch (error) {
		if (!(error instanceof DomainError) || error.failure !== 'invalid') throw error;
		return json({ problem: errorMessage(error.code, error.values) });
	}
};
