import { redirect } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/work-plans.ts';
import { demandWithin } from '#lib/server/access/scope.ts';
import { addItem } from '#lib/server/unit-reports/plan/edit-items.ts';
import { getPlan, listItems } from '#lib/server/unit-reports/plan/queries.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
	const plan = await getPlan(ctx, params.plan);
	demandWithin(ctx, 'plan:edit', plan.unitPath, 'plan');
	if (plan.state === 'published') redirect(303, `/manage/plan/${plan.id}`);
	const headings = (await listItems(ctx, plan.id)).filter(({ asks }) => asks === null);
	return { plan, headings, parentId: url.searchParams.get('parent') ?? headings.at(-1)?.id ?? '' };
};

export const actions = {
	default: formAction(schemas.addItem, addItem, (_, { cookies, params }) => {
		setFlash(cookies, { text: m.plan_item_added_flash() });
		return `/manage/plan/${params.plan}`;
	})
} satisfies Actions;
