import * as schemas from '#lib/schemas/hours.ts';
import { demandEverywhere } from '#lib/server/access/scope.ts';
import { changeTarget, endTarget } from '#lib/server/hours/set-target.ts';
import { getTarget } from '#lib/server/hours/targets.ts';
import { yearOf } from '#lib/server/platform/dates.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Cookies } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params }) => {
	demandEverywhere(ctx, 'settings:edit');
	return { target: await getTarget(ctx, params.target), year: yearOf(ctx.now) };
};

function saved(_: unknown, { cookies }: { cookies: Cookies }): string {
	setFlash(cookies, { text: m.hours_target_saved() });
	return '/admin/settings/hours';
}

export const actions: Actions = {
	change: formAction(schemas.changeTarget, changeTarget, saved),
	end: formAction(schemas.endTarget, endTarget, saved)
};
