import * as v from 'valibot';
import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/requirements.ts';
import { notFound } from '#lib/server/platform/errors.ts';
import { adoptVersion, discardDraft } from '#lib/server/programmes/requirements/adopt-version.ts';
import {
	addRequirement,
	editDraft,
	moveRequirement,
	removeRequirement
} from '#lib/server/programmes/requirements/edit-draft.ts';
import { getProgramme } from '#lib/server/programmes/requirements/queries.ts';
import { listRequirementChoices } from '#lib/server/programmes/requirements/requirement-choices.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import { redirect, type RequestEvent } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

const kindAsked = v.fallback(v.picklist(schemas.requirementKinds), 'course');

export const load: PageServerLoad = async ({ locals: { ctx }, params, url: { searchParams: query } }) => {
	const { draft, ...programme } = await getProgramme(ctx, params.programme);
	if (!programme.mayEdit) throw notFound('programme');
	if (!draft) redirect(303, `/manage/programmes/${programme.id}`);
	return {
		programme,
		draft,
		adding: v.parse(kindAsked, query.get('add') ?? 'course'),
		choices: await listRequirementChoices(ctx)
	};
};

const here = (_: unknown, { params }: RequestEvent) => `/manage/programmes/${params.programme}/edit`;
const itself = (event: RequestEvent) => `/manage/programmes/${event.params.programme}`;

export const actions = {
	save: formAction(schemas.editDraft, editDraft, (_, event) => {
		setFlash(event.cookies, { text: m.requirements_saved_flash() });
		return here(_, event);
	}),
	add: formAction(
		schemas.addRequirement,
		addRequirement,
		(_, event) => `${here(_, event)}?add=${event.url.searchParams.get('add') ?? 'course'}#add`
	),
	remove: formAction(schemas.changeRequirement, removeRequirement, here),
	move: formAction(schemas.changeRequirement, moveRequirement, here),
	adopt: formAction(schemas.programmeAct, adoptVersion, (_, event) => {
		setFlash(event.cookies, { text: m.requirements_adopted_flash() });
		return itself(event);
	}),
	discard: formAction(schemas.programmeAct, discardDraft, ({ gone }, event) => {
		setFlash(event.cookies, { text: m.requirements_discarded_flash() });
		return gone ? '/manage/programmes' : itself(event);
	})
} satisfies Actions;
