import * as v from 'valibot';
import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/questions.ts';
import { canSomewhere, demand } from '#lib/server/access/scope.ts';
import { retireQuestions, setReach, setUse, tagQuestions } from '#lib/server/questions/change-questions.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { countQuestions, listFilings, listQuestions } from '#lib/server/questions/list-questions.ts';
import { listStatutes } from '#lib/server/statutes/queries.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import type { RequestEvent } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

const orders = v.fallback(v.picklist(schemas.questionOrders), '-changed');

export const load: PageServerLoad = async ({ locals, url: { searchParams: query } }) => {
	const ctx = locals.ctx as SignedIn;
	demand(ctx, 'question:view');
	const filter = v.parse(schemas.questionFilter, Object.fromEntries(query));
	const sort = v.parse(orders, query.get('sort'));
	const mayReview = canSomewhere(ctx.actor, 'question:review');
	const [page, count, queue, mine, filings, statutes] = await Promise.all([
		listQuestions(ctx, filter, { sort, after: query.get('after'), before: query.get('before') }),
		countQuestions(ctx, filter),
		mayReview ? countQuestions(ctx, { view: 'review' }, 999) : 0,
		countQuestions(ctx, { view: 'mine' }, 999),
		listFilings(ctx),
		listStatutes(ctx)
	]);
	return {
		filter,
		sort,
		count,
		queue,
		mine,
		filings,
		statutes: statutes.map(({ slug, short }) => ({ slug, short })),
		...page,
		may: {
			edit: canSomewhere(ctx.actor, 'question:edit'),
			review: mayReview,
			export: canSomewhere(ctx.actor, 'question:export')
		}
	};
};

/** Back to the list as it was narrowed, with a word on how many were changed. */
const told =
	(words: (inputs: { count: number }) => string) =>
	(count: number, { cookies, url }: RequestEvent) => {
		setFlash(cookies, { text: words({ count }) });
		const query = new URLSearchParams([...url.searchParams].filter(([name]) => !name.startsWith('/')));
		return `${url.pathname}${query.size > 0 ? `?${query}` : ''}`;
	};

export const actions = {
	tag: formAction(schemas.tagQuestions, tagQuestions, told(m.questions_tagged_flash)),
	use: formAction(schemas.setUse, setUse, told(m.questions_use_set_flash)),
	reach: formAction(schemas.setReach, setReach, told(m.questions_reach_set_flash)),
	retire: formAction(schemas.retireQuestions, retireQuestions, told(m.questions_retired_flash))
} satisfies Actions;
