import { redirect } from '@sveltejs/kit';
import { signOut } from '#lib/server/sessions/sign-out.ts';
import { clearSessionCookie } from '#lib/server/web/session-cookie.ts';
import type { Actions } from './$types';

export const load = () => redirect(303, '/');

export const actions: Actions = {
	default: async (event) => {
		if (event.locals.session) await signOut(event.locals.ctx, event.locals.session);
		clearSessionCookie(event);
		redirect(303, '/sign-in');
	}
};
