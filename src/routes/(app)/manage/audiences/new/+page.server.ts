import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/audiences.ts';
import { demand } from '#lib/server/access/scope.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { createAudience } from '#lib/server/programmes/audiences/create-audience.ts';
import { emptyDraft } from '#lib/server/programmes/audiences/rule-draft.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { builderChoices, save, takeStep, viewDraft } from '../builder.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
	const ctx = locals.ctx as SignedIn;
	demand(ctx, 'programme:edit');
	const choices = await builderChoices(ctx);
	const unitId = choices.units.units[0]?.id ?? '';
	return { choices, view: await viewDraft(ctx, { name: '', unitId, draft: emptyDraft() }) };
};

export const actions = {
	step: (event) => takeStep(event),
	save: (event) =>
		save(event, {
			schema: schemas.createAudience,
			keep: createAudience,
			after(id, name) {
				setFlash(event.cookies, { text: m.audiences_saved({ name }) });
				return `/manage/audiences/${id}`;
			}
		})
} satisfies Actions;
