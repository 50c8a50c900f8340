import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/people.ts';
import { demandNotOwn } from '#lib/server/access/scope.ts';
import { appoint } from '#lib/server/people/appoint.ts';
import { getPerson } from '#lib/server/people/queries.ts';
import { dateOf } from '#lib/server/platform/dates.ts';
import { conflict } from '#lib/server/platform/errors.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import { initialValues, unitChoicesFor } from '#lib/server/web/unit-choices.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params: { personId }, url: { searchParams: query } }) => {
	const person = await getPerson(ctx, personId, 'people:edit');
	demandNotOwn(ctx, personId);
	if (person.status !== 'active') throw conflict('person.not-active');

	const { id, name, unitId, unitName, title, leadershipLevel, rank } = person;
	const defaults = { kind: 'transfer', unitId, title, leadershipLevel, rank, startsOn: dateOf(ctx.now), document: '' };
	return {
		person: { id, name, unitName, title },
		initial: initialValues(query, defaults),
		units: await unitChoicesFor(ctx, query, 'unitId', 'people:edit', unitId)
	};
};

export const actions = {
	default: formAction(schemas.appoint, appoint, (_, { cookies, params }) => {
		setFlash(cookies, { text: m.people_appointed_flash() });
		return `/manage/people/${params.personId}`;
	})
} satisfies Actions;
