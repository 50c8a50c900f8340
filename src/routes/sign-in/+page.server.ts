import { redirect } from '@sveltejs/kit';
import * as schemas from '#lib/schemas/sessions.ts';
import { readDemoSignIns } from '#lib/server/sessions/demo-sign-ins.ts';
import { signIn } from '#lib/server/sessions/sign-in.ts';
import { findRoot } from '#lib/server/units/queries.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import { localPath } from '#lib/server/web/local-path.ts';
import { setSessionCookie } from '#lib/server/web/session-cookie.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	if (locals.viewer) redirect(303, localPath(url.searchParams.get('next')));
	const [root, demo] = await Promise.all([findRoot(locals.ctx), readDemoSignIns()]);
	return { office: root?.name ?? null, demo };
};

export const actions: Actions = {
	default: (event) => {
		const { address } = event.locals;
		const userAgent = event.request.headers.get('user-agent') ?? '';
		const enter = formAction(
			schemas.signIn,
			(ctx, input) => signIn(ctx, { ...input, address, userAgent }),
			(entry) => {
				if ('secret' in entry) return `/password/${entry.secret}`;
				setSessionCookie(event, entry.session);
				return localPath(event.url.searchParams.get('next'));
			}
		);
		return enter(event);
	}
};
