import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/marking.ts';
import { listOwnAppeals } from '#lib/server/exams/marking/appeal-queries.ts';
import { askAppeal } from '#lib/server/exams/marking/ask-appeal.ts';
import { readPaper } from '#lib/server/exams/sitting/read-paper.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	const ctx = locals.ctx as SignedIn;
	return {
		paper: await readPaper(ctx, params.exam, params.attempt),
		appeals: await listOwnAppeals(ctx, params.attempt)
	};
};

export const actions = {
	appeal: formAction(
		schemas.askAppeal,
		async (ctx, { attempt, slot, reason }) => {
			await askAppeal(ctx, { attemptId: attempt, slot, reason });
			return slot;
		},
		(slot, { cookies, url }) => {
			setFlash(cookies, { text: m.marking_appeal_sent() });
			return `${url.pathname}#q${slot}`;
		}
	)
} satisfies Actions;
