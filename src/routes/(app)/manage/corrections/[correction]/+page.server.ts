import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/records.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { answerCorrection } from '#lib/server/records/corrections.ts';
import { getCorrection } from '#lib/server/records/queries.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	const ctx = locals.ctx as SignedIn;
	const correction = await getCorrection(ctx, params.correction);
	return { correction, isOwn: correction.personId === ctx.actor.personId };
};

export const actions = {
	answer: formAction(schemas.answerCorrection, answerCorrection, (_, { cookies }) => {
		setFlash(cookies, { text: m.records_correction_answered_flash() });
		return '/manage/corrections';
	})
} satisfies Actions;
