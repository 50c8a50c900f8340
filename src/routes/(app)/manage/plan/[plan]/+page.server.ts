import type { RequestEvent } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/work-plans.ts';
import { changePlan, publishPlan, withdrawPlan } from '#lib/server/unit-reports/plan/change-plan.ts';
import { copyPlan } from '#lib/server/unit-reports/plan/copy-plan.ts';
import { moveItem } from '#lib/server/unit-reports/plan/edit-items.ts';
import { getPlan, listItems, listPlans } from '#lib/server/unit-reports/plan/queries.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import type { Actions, PageServerLoad } from './$types';

const acts = ['publish', 'withdraw', 'copy', 'edit'] as const;

export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
	const plan = await getPlan(ctx, params.plan);
	const asked = url.searchParams.get('act');
	const [items, plans] = await Promise.all([listItems(ctx, plan.id), listPlans(ctx)]);
	return {
		plan,
		items,
		others: plans.filter(({ id }) => id !== plan.id),
		act: (plan.mayEdit && acts.find((act) => act === asked)) || null
	};
};

const saying =
	(text: () => string) =>
	(_: unknown, { cookies, url }: RequestEvent) => {
		setFlash(cookies, { text: text() });
		return url.pathname;
	};

export const actions = {
	edit: formAction(schemas.changePlan, changePlan, saying(m.plan_changed_flash)),
	publish: formAction(schemas.thePlan, publishPlan, saying(m.plan_published_flash)),
	withdraw: formAction(schemas.thePlan, withdrawPlan, saying(m.plan_withdrawn_flash)),
	move: formAction(schemas.moveItem, moveItem, (_, { url }) => url.pathname),
	copy: formAction(schemas.copyPlan, copyPlan, (id, { cookies }) => {
		setFlash(cookies, { text: m.plan_copied_flash() });
		return `/manage/plan/${id}`;
	})
} satisfies Actions;
