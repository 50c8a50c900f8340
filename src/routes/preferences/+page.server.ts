import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { cookieMaxAge, cookieName } from '#lib/paraglide/runtime.js';
import { preferences } from '#lib/schemas/preferences.ts';
import { ownPath } from '#lib/server/web/own-path.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ cookies, url }) => ({
	theme: cookies.get('theme') ?? 'auto',
	back: ownPath(url.searchParams.get('back'), url)
});

export const actions: Actions = {
	default: async ({ request, cookies, url }) => {
		const form = Object.fromEntries(await request.formData());
		const { success, output } = v.safeParse(preferences, form);
		if (!success) return fail(400);

		const { theme, locale, back } = output;
		// The browser reads both: the theme for its own switch, the language for messages drawn there.
		const lasting = { path: '/', maxAge: cookieMaxAge, httpOnly: false, secure: url.protocol === 'https:' };
		if (theme === 'auto') cookies.delete('theme', { path: '/' });
		else if (theme) cookies.set('theme', theme, lasting);
		if (locale) cookies.set(cookieName, locale, lasting);

		redirect(303, ownPath(back, url));
	}
};
