import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/people.ts';
import { demandNotOwn } from '#lib/server/access/scope.ts';
import { correctPerson } from '#lib/server/people/correct-person.ts';
import { getPerson } from '#lib/server/people/queries.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params: { personId } }) => {
	const { id, name, staffNumber, email, joinedOn, establishment } = await getPerson(ctx, personId, 'people:edit');
	demandNotOwn(ctx, id);
	return { person: { id, name }, initial: { name, staffNumber, email, joinedOn, establishment } };
};

export const actions = {
	default: formAction(schemas.correctPerson, correctPerson, (_, { cookies, params }) => {
		setFlash(cookies, { text: m.people_corrected_flash() });
		return `/manage/people/${params.personId}`;
	})
} satisfies Actions;
