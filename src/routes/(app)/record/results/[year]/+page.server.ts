import * as schemas from '#lib/schemas/assessments.ts';
import { raiseObjection, withdrawObjection } from '#lib/server/assessments/objections.ts';
import { getOwnResult } from '#lib/server/assessments/read-result.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { dateOf } from '#lib/server/platform/dates.ts';
import { notFound } from '#lib/server/platform/errors.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	const ctx = locals.ctx as SignedIn;
	if (!/^\d{4}$/.test(params.year)) throw notFound('result');
	const { unitPath, cycle, comments, ...result } = await getOwnResult(ctx, Number(params.year));
	void unitPath;
	void comments; // among those who review
	return {
		result,
		cycle: { year: cycle.year, state: cycle.state, objectionsUntil: cycle.objectionsUntil },
		mayObject:
			cycle.state === 'published' &&
			dateOf(ctx.now) <= cycle.objectionsUntil! &&
			!result.objections.some(({ objection }) => objection.state === 'open')
	};
};

export const actions: Actions = {
	object: formAction(schemas.raiseObjection, raiseObjection, (_, { cookies, url }) => {
		setFlash(cookies, { text: m.assessments_objected_flash() });
		return url.pathname;
	}),
	withdraw: formAction(schemas.withdrawObjection, withdrawObjection, (_, { cookies, url }) => {
		setFlash(cookies, { text: m.assessments_withdrawn_flash() });
		return url.pathname;
	})
};
