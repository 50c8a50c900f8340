import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/sessions.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { changePassword } from '#lib/server/sessions/change-password.ts';
import { shortestPassword } from '#lib/server/sessions/password-rule.ts';
import { getOwnAccount } from '#lib/server/sessions/queries.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
	const { staffNumber } = await getOwnAccount(locals.ctx as SignedIn);
	return { staffNumber, shortest: shortestPassword };
};

export const actions: Actions = {
	default: (event) => {
		const here = event.locals.session?.id ?? '';
		const change = formAction(
			schemas.changePassword,
			(ctx, input) => changePassword(ctx, input, here),
			() => {
				setFlash(event.cookies, { text: m.sessions_password_changed() });
				return '/account';
			}
		);
		return change(event);
	}
};
