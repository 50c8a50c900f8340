import { redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { bulkKinds, bulkQuery, kindsOf, prepareAct as schema } from '#lib/schemas/bulk.ts';
import { peopleFilter } from '#lib/schemas/people.ts';
import { demand } from '#lib/server/access/scope.ts';
import { listBulkChoices } from '#lib/server/bulk/choices.ts';
import { handlerOf } from '#lib/server/bulk/handlers.ts';
import { prepareAct } from '#lib/server/bulk/prepare-act.ts';
import { kindsOfActor } from '#lib/server/bulk/queries.ts';
import { countPeople } from '#lib/server/people/list-people.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url: { searchParams: query } }) => {
	const ctx = locals.ctx as SignedIn;
	demand(ctx, 'bulk:act');
	const { list, kind } = v.parse(bulkQuery, Object.fromEntries(query));
	if (!list) redirect(303, '/manage/bulk');

	const mine = kindsOfActor(ctx);
	const kinds = kindsOf(list).filter((each) => mine.includes(each));
	const chosen = kinds.find((each) => each === kind) ?? (kinds.length === 1 ? kinds[0]! : null);
	/** Rows that were picked by hand come along under the name of their boxes. */
	const narrowed = [...query].flatMap(([name, value]) => {
		if (name.startsWith('/') || name === 'list' || name === 'kind') return [];
		return [[name === 'personIds[]' ? 'id' : name, value]];
	});
	const picked = narrowed.filter(([name]) => name === 'id').length;
	const ability = chosen ? handlerOf(chosen).ability : null;
	return {
		list,
		kinds,
		chosen,
		ability,
		filter: new URLSearchParams(narrowed).toString(),
		/** How many are listed, where that is told at once; the preview counts in any case. */
		count:
			picked || (list === 'people' ? await countPeople(ctx, v.parse(peopleFilter, Object.fromEntries(query))) : null),
		choices: chosen && ability ? await listBulkChoices(ctx, bulkKinds[chosen].fields, ability) : {}
	};
};

export const actions = {
	prepare: formAction(schema, prepareAct, (id) => `/manage/bulk/${id}`)
} satisfies Actions;
