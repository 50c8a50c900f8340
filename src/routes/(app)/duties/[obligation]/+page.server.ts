import { m } from '#lib/paraglide/messages.js';
import { grantEquivalent as grantSchema, revokeEquivalent as revokeSchema } from '#lib/schemas/requirements.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { dateOf } from '#lib/server/platform/dates.ts';
import { explainDuty } from '#lib/server/programmes/requirements/explain-duty.ts';
import { grantEquivalent, revokeEquivalent } from '#lib/server/programmes/requirements/grant-equivalent.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	const ctx = locals.ctx as SignedIn;
	return { duty: await explainDuty(ctx, params.obligation), today: dateOf(ctx.now) };
};

export const actions = {
	grant: formAction(grantSchema, grantEquivalent, (_, { cookies, url }) => {
		setFlash(cookies, { text: m.requirements_equivalent_granted_flash() });
		return url.pathname;
	}),
	revoke: formAction(revokeSchema, revokeEquivalent, (_, { cookies, url }) => {
		setFlash(cookies, { text: m.requirements_equivalent_revoked_flash() });
		return url.pathname;
	})
} satisfies Actions;
