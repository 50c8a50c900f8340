import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/exemptions.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { listOwnExemptions } from '#lib/server/programmes/exemptions/queries.ts';
import { withdrawRequest } from '#lib/server/programmes/exemptions/withdraw-request.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
	const ctx = locals.ctx as SignedIn;
	return { exemptions: await listOwnExemptions(ctx), self: ctx.actor.personId };
};

export const actions = {
	withdraw: formAction(schemas.theExemption, withdrawRequest, (_, { cookies, url }) => {
		setFlash(cookies, { text: m.exemptions_withdrawn_flash() });
		return url.pathname;
	})
} satisfies Actions;
