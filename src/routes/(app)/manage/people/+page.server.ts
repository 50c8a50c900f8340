import { redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import * as schemas from '#lib/schemas/people.ts';
import { canSomewhere, demand } from '#lib/server/access/scope.ts';
import { countPeople, demandPeople, listPeople, listPersonIds } from '#lib/server/people/list-people.ts';
import { dateOf } from '#lib/server/platform/dates.ts';
import { summariseTraining } from '#lib/server/programmes/summarise-training.ts';
import { listUnitChoices } from '#lib/server/units/find-units.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import type { Actions, PageServerLoad } from './$types';

const sorts = v.fallback(v.picklist(schemas.peopleOrders), 'name');
/** As many people as one act on everybody listed may touch. */
const mostAtOnce = 2_000;

export const load: PageServerLoad = async ({ locals: { ctx }, url: { searchParams: query } }) => {
	demand(ctx, 'people:view');
	const filter = v.parse(schemas.peopleFilter, Object.fromEntries(query));
	const sort = v.parse(sorts, query.get('sort'));
	const [page, count, units] = await Promise.all([
		listPeople(ctx, filter, { sort, after: query.get('after'), before: query.get('before') }),
		countPeople(ctx, filter),
		listUnitChoices(ctx, 'people:view', filter.unit)
	]);
	const all = query.get('all') === 'on' && count <= mostAtOnce;

	return {
		filter,
		sort,
		count,
		units,
		today: dateOf(ctx.now),
		rows: page.rows,
		previous: page.previous,
		next: page.next,
		training: Object.fromEntries(
			await summariseTraining(
				ctx,
				page.rows.map(({ id }) => id)
			)
		),
		/** Everybody listed, beyond this page: only after that was asked for in so many words. */
		everybody: all ? await listPersonIds(ctx, filter, mostAtOnce) : null,
		mostAtOnce,
		may: {
			edit: canSomewhere(ctx.actor, 'people:edit'),
			import: canSomewhere(ctx.actor, 'people:import'),
			issue: canSomewhere(ctx.actor, 'account:issue'),
			assign: canSomewhere(ctx.actor, 'training:assign'),
			act: canSomewhere(ctx.actor, 'bulk:act'),
			seeTraining: canSomewhere(ctx.actor, 'training:view')
		}
	};
};

export const actions = {
	/** The chosen people go along to the page where training is assigned, in its address. */
	assign: formAction(
		schemas.chosenForAssignment,
		async (ctx, { personIds }) => {
			await demandPeople(ctx, personIds, 'training:assign');
			return personIds;
		},
		(personIds) =>
			redirect(303, `/manage/assignments/new?${new URLSearchParams(personIds.map((id) => ['person', id]))}`)
	)
} satisfies Actions;
