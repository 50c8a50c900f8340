import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/events.ts';
import { reportTraining } from '#lib/server/events/external-training.ts';
import { listOwnTrainings } from '#lib/server/events/list-trainings.ts';
import { withdrawTraining } from '#lib/server/events/withdraw-training.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { dateOf } from '#lib/server/platform/dates.ts';
import { largestFile } from '#lib/server/platform/files/keep-file.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import { neededUpload } from '#lib/server/web/form-upload.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const ctx = locals.ctx as SignedIn;
	const trainings = await listOwnTrainings(ctx);
	return {
		trainings: trainings.map(({ training, file }) => ({ ...training, file })),
		withdrawing:
			trainings.find(
				({ training }) => training.id === url.searchParams.get('withdraw') && training.state === 'reported'
			)?.training ?? null,
		limit: largestFile,
		today: dateOf(ctx.now)
	};
};

export const actions = {
	report: formAction(
		schemas.reportTraining,
		async (ctx, { proof, ...input }) => reportTraining(ctx, input, await neededUpload(proof, 'proof')),
		(_, { cookies, url }) => {
			setFlash(cookies, { text: m.events_reported_flash() });
			return url.pathname;
		}
	),
	withdraw: formAction(schemas.withdrawTraining, withdrawTraining, (_, { cookies, url }) => {
		setFlash(cookies, { text: m.events_withdrawn_flash() });
		return url.pathname;
	})
} satisfies Actions;
