import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/exemptions.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { decideExemption } from '#lib/server/programmes/exemptions/decide-exemption.ts';
import { endExemption } from '#lib/server/programmes/exemptions/end-exemption.ts';
import { getExemption } from '#lib/server/programmes/exemptions/queries.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	const ctx = locals.ctx as SignedIn;
	const exemption = await getExemption(ctx, params.exemption);
	const isOwnCase = exemption.personId === ctx.actor.personId;
	return { exemption, isOwnCase, isOwnRequest: exemption.askedById === ctx.actor.personId };
};

export const actions = {
	decide: formAction(schemas.decideExemption, decideExemption, (_, { cookies }) => {
		setFlash(cookies, { text: m.exemptions_decided_flash() });
		return '/manage/exemptions';
	}),
	end: formAction(schemas.endExemption, endExemption, (_, { cookies, url }) => {
		setFlash(cookies, { text: m.exemptions_ended_flash() });
		return url.pathname;
	})
} satisfies Actions;
