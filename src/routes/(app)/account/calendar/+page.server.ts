import * as v from 'valibot';
import { getOwnFeed, renewFeed, revokeFeed } from '#lib/server/notifications/calendar-feed.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => ({
	feed: await getOwnFeed(locals.ctx as SignedIn),
	origin: url.origin
});

export const actions = {
	/** The address is in this one answer and nowhere else. */
	renew: formAction(v.object({}), (ctx) => renewFeed(ctx)),
	revoke: formAction(
		v.object({}),
		(ctx) => revokeFeed(ctx),
		(_, { cookies, url }) => {
			setFlash(cookies, { text: m.calendar_revoked() });
			return url.pathname;
		}
	)
} satisfies Actions;
