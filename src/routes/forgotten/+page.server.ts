import * as schemas from '#lib/schemas/sessions.ts';
import { canMail } from '#lib/server/platform/mail.ts';
import { requestLink } from '#lib/server/sessions/request-link.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = () => ({ canMail: canMail() });

export const actions: Actions = {
	default: (event) => {
		const { address } = event.locals;
		return formAction(schemas.requestLink, (ctx, input) => requestLink(ctx, { ...input, address }))(event);
	}
};
