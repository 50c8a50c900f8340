import * as v from 'valibot';
import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/audiences.ts';
import { removePeopleList, replacePeopleList } from '#lib/server/programmes/audiences/keep-people-list.ts';
import { getPeopleList, listAudiencesNaming, listListMembers } from '#lib/server/programmes/audiences/people-lists.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import { readList } from '../read-list.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params, url: { searchParams: query } }) => {
	const list = await getPeopleList(ctx, params.list);
	const [members, naming] = await Promise.all([
		listListMembers(ctx, list.id, { after: query.get('after'), before: query.get('before') }),
		listAudiencesNaming(ctx, list.id)
	]);
	return { list, members, naming };
};

export const actions = {
	replace: (event) => readList(event, v.object({}), (ctx, _, file) => replacePeopleList(ctx, event.params.list, file)),
	remove: formAction(schemas.removePeopleList, removePeopleList, (_, { cookies }) => {
		setFlash(cookies, { text: m.audiences_lists_removed() });
		return '/manage/audiences/lists';
	})
} satisfies Actions;
