import { redirect } from '@sveltejs/kit';
import * as schemas from '#lib/schemas/sessions.ts';
import { signIn } from '#lib/server/sessions/sign-in.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import { localPath } from '#lib/server/web/local-path.ts';
import { setSessionCookie } from '#lib/server/web/session-cookie.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
	if (locals.viewer) redirect(303, localPath(url.searchParams.get('next')));
};

export const actions: Actions = {
	default: (event) => {
		const { address } = event.locals;
		const userAgent = event.request.headers.get('user-agent') ?? '';
		const action = formAction(
			schemas.signIn,
			(ctx, input) => signIn(ctx, { ...input, address, userAgent }),
			(session) => {
				setSessionCookie(event, session);
				return localPath(event.url.searchParams.get('next'));
			}
		);
		return action(event);
	}
};
