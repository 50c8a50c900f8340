import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/people.ts';
import { can } from '#lib/server/access/scope.ts';
import { getMailAddress } from '#lib/server/notifications/choices.ts';
import { endPost } from '#lib/server/people/end-post.ts';
import { reinstate } from '#lib/server/people/leave.ts';
import { listPosts } from '#lib/server/people/posts-of.ts';
import { getPerson } from '#lib/server/people/queries.ts';
import { dateOf } from '#lib/server/platform/dates.ts';
import { summariseTraining } from '#lib/server/programmes/summarise-training.ts';
import { listTrainingOf } from '#lib/server/programmes/training-of.ts';
import { judgedCase } from '#lib/server/promotions/judged-case.ts';
import { listCasesOf } from '#lib/server/promotions/queries.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params: { personId }, url: { searchParams: query } }) => {
	const { words: _, ...person } = await getPerson(ctx, personId);
	const posts = await listPosts(ctx, personId);
	const path = person.unitPath ?? '';
	const seesTraining = can(ctx.actor, 'training:view', path);
	const seesCases = can(ctx.actor, 'promotion:view', path);
	const isOwn = ctx.actor.personId === personId;

	return {
		person,
		posts,
		refusal: (await getMailAddress(ctx, personId)).refusal,
		today: dateOf(ctx.now),
		summary: seesTraining ? (await summariseTraining(ctx, [personId])).get(personId) : undefined,
		duties: seesTraining ? await listTrainingOf(ctx, personId) : null,
		seesCases,
		cases: seesCases ? (await listCasesOf(ctx, personId)).map((each) => judgedCase(ctx, each)) : [],
		/** The act that the address asks for. */
		ending: posts.find(({ id, primary, endsOn }) => id === query.get('end') && !primary && endsOn === null),
		reinstating: query.has('reinstate') && person.status !== 'active',
		isOwn,
		may: {
			edit: can(ctx.actor, 'people:edit', path) && !isOwn,
			issue: can(ctx.actor, 'account:issue', path) && !isOwn,
			assign: can(ctx.actor, 'training:assign', path)
		}
	};
};

export const actions = {
	endPost: formAction(schemas.endPost, endPost, (_, { cookies, params }) => {
		setFlash(cookies, { text: m.people_post_ended_flash() });
		return `/manage/people/${params.personId}`;
	}),
	reinstate: formAction(schemas.reinstate, reinstate, (_, { cookies, params }) => {
		setFlash(cookies, { text: m.people_reinstated_flash() });
		return `/manage/people/${params.personId}`;
	})
} satisfies Actions;
