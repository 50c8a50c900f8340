import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/sessions.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { endOtherSessions, endSession } from '#lib/server/sessions/end-session.ts';
import { listOwnSessions } from '#lib/server/sessions/queries.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({
	sessions: await listOwnSessions(locals.ctx as SignedIn, locals.session?.id ?? '')
});

export const actions: Actions = {
	end: formAction(schemas.endSession, endSession, (_, { cookies }) => {
		setFlash(cookies, { text: m.sessions_ended() });
		return '/account/sessions';
	}),
	'end-others': (event) => {
		const here = event.locals.session?.id ?? '';
		const end = formAction(
			schemas.endOtherSessions,
			(ctx) => endOtherSessions(ctx, here),
			(count) => {
				setFlash(event.cookies, { text: m.sessions_ended_others({ count }) });
				return '/account/sessions';
			}
		);
		return end(event);
	}
};
