import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/exemptions.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';

import { largestFile } from '#lib/server/platform/files/keep-file.ts';
import { askExemption } from '#lib/server/programmes/exemptions/ask-exemption.ts';
import { readAskable } from '#lib/server/programmes/exemptions/askable.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import { formUpload } from '#lib/server/web/form-upload.ts';
import * as v from 'valibot';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const ctx = locals.ctx as SignedIn;
	const askable = await readAskable(ctx, url.searchParams.get('person'));
	return {
		...askable,
		duty: url.searchParams.get('duty') ?? '',
		limit: largestFile
	};
};

const form = v.intersect([schemas.askExemption, v.object({ proof: v.optional(v.unknown()) })]);

export const actions = {
	default: formAction(
		form,
		async (ctx, { proof, ...input }) => askExemption(ctx, input, await formUpload(proof)),
		(_, { cookies }) => {
			setFlash(cookies, { text: m.exemptions_sent_flash() });
			return '/exemptions';
		}
	)
} satisfies Actions;
