import * as schemas from '#lib/schemas/assessments.ts';
import { can } from '#lib/server/access/scope.ts';
import { amendResult, decideResult } from '#lib/server/assessments/confirm-results.ts';
import { getResult } from '#lib/server/assessments/queries.ts';
import { isId } from '#lib/server/platform/ids.ts';
import { notFound } from '#lib/server/platform/errors.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params }) => {
	if (!isId(params.result)) throw notFound('result');
	const { unitPath, ...result } = await getResult(ctx, params.result);
	return {
		result,
		own: result.personId === ctx.actor.personId,
		mayConfirm: can(ctx.actor, 'result:confirm', unitPath)
	};
};

export const actions: Actions = {
	decide: formAction(schemas.decideResult, decideResult, (_, { cookies, url }) => {
		setFlash(cookies, { text: m.assessments_decided_flash() });
		return url.pathname;
	}),
	amend: formAction(schemas.amendResult, amendResult, (_, { cookies, url }) => {
		setFlash(cookies, { text: m.assessments_amended_flash() });
		return url.pathname;
	})
};
