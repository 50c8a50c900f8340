import { redirect } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/events.ts';
import { demand } from '#lib/server/access/scope.ts';
import { editEvent } from '#lib/server/events/edit-event.ts';
import { isOpenToChange } from '#lib/server/events/event-state.ts';
import { planChoices, planValues } from '#lib/server/events/plan-values.ts';
import { readEvent } from '#lib/server/events/read-event.ts';
import { notFound } from '#lib/server/platform/errors.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params }) => {
	demand(ctx, 'event:edit');
	const view = await readEvent(ctx, params.event);
	if (!view.may.edit) throw notFound('event');
	if (!isOpenToChange(view.event.state)) redirect(303, `/manage/events/${params.event}`);
	const [values, choices] = await Promise.all([
		planValues(ctx, view.event, view.sessions),
		planChoices(ctx, view.exam)
	]);
	return { view, values, ...choices };
};

export const actions = {
	default: formAction(schemas.editEvent, editEvent, (_, { cookies, params }) => {
		setFlash(cookies, { text: m.events_edited_flash() });
		return `/manage/events/${params.event}`;
	})
} satisfies Actions;
