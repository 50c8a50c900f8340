import { redirect } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/work-plans.ts';
import { demandWithin } from '#lib/server/access/scope.ts';
import { notFound } from '#lib/server/platform/errors.ts';
import { changeItem, removeItem } from '#lib/server/unit-reports/plan/edit-items.ts';
import { getPlan, listItems } from '#lib/server/unit-reports/plan/queries.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params }) => {
	const plan = await getPlan(ctx, params.plan);
	demandWithin(ctx, 'plan:edit', plan.unitPath, 'plan');
	if (plan.state === 'published') redirect(303, `/manage/plan/${plan.id}`);
	const items = await listItems(ctx, plan.id);
	const item = items.find(({ id }) => id === params.item);
	if (!item) throw notFound('item');
	return { plan, item, hasBelow: items.some(({ parentId }) => parentId === item.id) };
};

export const actions = {
	change: formAction(schemas.changeItem, changeItem, (_, { cookies, params }) => {
		setFlash(cookies, { text: m.plan_item_changed_flash() });
		return `/manage/plan/${params.plan}`;
	}),
	remove: formAction(schemas.theItem, removeItem, (_, { cookies, params }) => {
		setFlash(cookies, { text: m.plan_item_removed_flash() });
		return `/manage/plan/${params.plan}`;
	})
} satisfies Actions;
