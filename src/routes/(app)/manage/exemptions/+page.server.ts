import * as v from 'valibot';
import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/exemptions.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { approveExemptions } from '#lib/server/programmes/exemptions/approve-exemptions.ts';
import { countExemptions, listExemptions } from '#lib/server/programmes/exemptions/queries.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url: { searchParams } }) => {
	const ctx = locals.ctx as SignedIn;
	const filter = v.parse(schemas.exemptionList, Object.fromEntries(searchParams));
	const page = await listExemptions(ctx, filter);
	return { filter, ...page, counts: await countExemptions(ctx), self: ctx.actor.personId };
};

export const actions = {
	approve: formAction(schemas.approveExemptions, approveExemptions, ({ approved, left }, { cookies, url }) => {
		const counts = { count: approved, left };
		const text = left > 0 ? m.exemptions_approved_left_flash(counts) : m.exemptions_approved_flash(counts);
		setFlash(cookies, { text });
		return url.pathname;
	})
} satisfies Actions;
