import * as schemas from '#lib/schemas/hours.ts';
import { demandEverywhere } from '#lib/server/access/scope.ts';
import { addTarget } from '#lib/server/hours/set-target.ts';
import { yearOf } from '#lib/server/platform/dates.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals: { ctx } }) => {
	demandEverywhere(ctx, 'settings:edit');
	return { year: yearOf(ctx.now) };
};

export const actions: Actions = {
	default: formAction(schemas.addTarget, addTarget, (_, { cookies }) => {
		setFlash(cookies, { text: m.hours_target_saved() });
		return '/admin/settings/hours';
	})
};
