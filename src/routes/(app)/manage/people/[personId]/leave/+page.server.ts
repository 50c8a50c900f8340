import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/people.ts';
import { demandNotOwn } from '#lib/server/access/scope.ts';
import { leave } from '#lib/server/people/leave.ts';
import { getPerson } from '#lib/server/people/queries.ts';
import { dateOf } from '#lib/server/platform/dates.ts';
import { conflict } from '#lib/server/platform/errors.ts';
import { summariseTraining } from '#lib/server/programmes/summarise-training.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params: { personId } }) => {
	const { id, name, status } = await getPerson(ctx, personId, 'people:edit');
	demandNotOwn(ctx, personId);
	if (status !== 'active') throw conflict('person.not-active');
	const training = (await summariseTraining(ctx, [id])).get(id);
	return { person: { id, name }, today: dateOf(ctx.now), open: training ? training.owed - training.completed : 0 };
};

export const actions = {
	default: formAction(schemas.leave, leave, (_, { cookies, params }) => {
		setFlash(cookies, { text: m.people_left_flash() });
		return `/manage/people/${params.personId}`;
	})
} satisfies Actions;
