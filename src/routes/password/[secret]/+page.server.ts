import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/sessions.ts';
import { shortestPassword } from '#lib/server/sessions/password-rule.ts';
import { getLink } from '#lib/server/sessions/queries.ts';
import { setPasswordByLink } from '#lib/server/sessions/set-password-by-link.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, setHeaders }) => {
	// The address is the secret: no page hears of it, not even of ours, and no search engine keeps it.
	setHeaders({ 'referrer-policy': 'strict-origin', 'x-robots-tag': 'noindex, nofollow' });
	const { name, staffNumber } = await getLink(locals.ctx, params.secret);
	return { name, staffNumber, shortest: shortestPassword };
};

export const actions: Actions = {
	default: formAction(schemas.setPasswordByLink, setPasswordByLink, (_, { cookies }) => {
		setFlash(cookies, { text: m.sessions_password_saved() });
		return '/sign-in';
	})
};
