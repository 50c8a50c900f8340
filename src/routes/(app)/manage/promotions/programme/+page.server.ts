import * as schemas from '#lib/schemas/promotions.ts';
import { demandEverywhere } from '#lib/server/access/scope.ts';
import { describeProgramme, listProgrammeChoices, setProgramme } from '#lib/server/promotions/programme.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx } }) => {
	demandEverywhere(ctx, 'settings:edit');
	return { programme: await describeProgramme(ctx), courses: await listProgrammeChoices(ctx) };
};

export const actions: Actions = {
	default: formAction(schemas.setProgramme, setProgramme, (_, { cookies, url }) => {
		setFlash(cookies, { text: m.promotions_programme_saved() });
		return url.pathname;
	})
};
