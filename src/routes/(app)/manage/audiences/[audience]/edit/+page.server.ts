import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/audiences.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { conflict } from '#lib/server/platform/errors.ts';
import { editAudience } from '#lib/server/programmes/audiences/edit-audience.ts';
import { getAudience } from '#lib/server/programmes/audiences/queries.ts';
import { draftOf } from '#lib/server/programmes/audiences/rule-draft.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { builderChoices, save, takeStep, viewDraft } from '../../builder.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	const ctx = locals.ctx as SignedIn;
	const { id, name, unitId, number, rule, archivedAt } = await getAudience(ctx, params.audience, 'programme:edit');
	if (archivedAt) throw conflict('audience.archived');
	const [choices, view] = await Promise.all([
		builderChoices(ctx),
		viewDraft(ctx, { name, unitId, draft: draftOf(rule) })
	]);
	return { choices, view, audience: { id, name, number } };
};

export const actions = {
	async step(event) {
		const { unitId } = await getAudience(event.locals.ctx, event.params.audience, 'programme:edit');
		return takeStep(event, unitId);
	},
	async save(event) {
		const { id, unitId } = await getAudience(event.locals.ctx, event.params.audience, 'programme:edit');
		return save(event, {
			schema: schemas.editAudience,
			keep: editAudience,
			unitId,
			fields: { audienceId: id },
			after(id, name) {
				setFlash(event.cookies, { text: m.audiences_changed({ name }) });
				return `/manage/audiences/${id}`;
			}
		});
	}
} satisfies Actions;
