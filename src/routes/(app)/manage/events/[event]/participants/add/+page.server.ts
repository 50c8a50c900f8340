import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/events.ts';
import { demand } from '#lib/server/access/scope.ts';
import { invite } from '#lib/server/events/invite.ts';
import { readEvent } from '#lib/server/events/read-event.ts';
import { findPeople } from '#lib/server/people/find-people.ts';
import { notFound } from '#lib/server/platform/errors.ts';
import { findUnits, listUnitChoices } from '#lib/server/units/find-units.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params, url: { searchParams: query } }) => {
	demand(ctx, 'event:edit');
	const view = await readEvent(ctx, params.event);
	if (!view.may.edit) throw notFound('event');
	const [unitQ, personQ] = [query.get('unitIds[]Q')?.trim() ?? '', query.get('personIds[]Q')?.trim() ?? ''];
	const [choices, units, people] = await Promise.all([
		listUnitChoices(ctx, 'event:edit'),
		unitQ ? findUnits(ctx, { q: unitQ, ability: 'event:edit' }) : null,
		findPeople(ctx, { q: personQ, ability: 'event:edit' })
	]);
	return { view, units: units ?? choices.units, unitQ, people, personQ };
};

export const actions = {
	default: formAction(schemas.invite, invite, ({ added, refused }, { cookies, params }) => {
		if (refused.length > 0) return null;
		setFlash(cookies, { text: m.events_added_flash({ count: added }) });
		return `/manage/events/${params.event}/participants`;
	})
} satisfies Actions;
