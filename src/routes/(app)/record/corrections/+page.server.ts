import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/records.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { askCorrection, withdrawCorrection } from '#lib/server/records/corrections.ts';
import { listOwnCorrections } from '#lib/server/records/queries.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({
	corrections: await listOwnCorrections(locals.ctx as SignedIn)
});

export const actions = {
	ask: formAction(schemas.askCorrection, askCorrection, (_, { cookies, url }) => {
		setFlash(cookies, { text: m.records_correction_asked_flash() });
		return url.pathname;
	}),
	withdraw: formAction(schemas.withdrawCorrection, withdrawCorrection, (_, { cookies, url }) => {
		setFlash(cookies, { text: m.records_correction_withdrawn_flash() });
		return url.pathname;
	})
} satisfies Actions;
