import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/events.ts';
import { reportTraining } from '#lib/server/events/external-training.ts';
import { listOwnTrainings } from '#lib/server/events/list-trainings.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { dateOf } from '#lib/server/platform/dates.ts';
import { largestFile } from '#lib/server/platform/files/keep-file.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import { neededUpload } from '#lib/server/web/form-upload.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
	const ctx = locals.ctx as SignedIn;
	const trainings = await listOwnTrainings(ctx);
	return {
		trainings: trainings.map(({ training, file }) => ({ ...training, file })),
		limit: largestFile,
		today: dateOf(ctx.now)
	};
};

export const actions = {
	default: formAction(
		schemas.reportTraining,
		async (ctx, { proof, ...input }) => reportTraining(ctx, input, await neededUpload(proof, 'proof')),
		(_, { cookies, url }) => {
			setFlash(cookies, { text: m.events_reported_flash() });
			return url.pathname;
		}
	)
} satisfies Actions;
