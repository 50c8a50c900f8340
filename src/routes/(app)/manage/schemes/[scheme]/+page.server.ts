import * as schemas from '#lib/schemas/assessments.ts';
import { adoptScheme, changeScheme, discardScheme } from '#lib/server/assessments/schemes/change-scheme.ts';
import { formOf } from '#lib/server/assessments/schemes/form-of.ts';
import { getScheme } from '#lib/server/assessments/schemes/read-scheme.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params }) => {
	const scheme = await getScheme(ctx, params.scheme);
	return { scheme, values: formOf(scheme) };
};

export const actions: Actions = {
	save: formAction(schemas.changeScheme, changeScheme, (_, { cookies, url }) => {
		setFlash(cookies, { text: m.assessments_scheme_saved_flash() });
		return url.pathname;
	}),
	adopt: formAction(schemas.oneScheme, adoptScheme, (_, { cookies, url }) => {
		setFlash(cookies, { text: m.assessments_scheme_adopted_flash() });
		return url.pathname;
	}),
	discard: formAction(schemas.oneScheme, discardScheme, () => '/manage/schemes')
};
