import { redirect } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/indicators.ts';
import { demandWithin } from '#lib/server/access/scope.ts';
import { notFound } from '#lib/server/platform/errors.ts';
import { changeIndicator, removeIndicator } from '#lib/server/unit-reports/indicators/arrange-set.ts';
import { getSet, listIndicators } from '#lib/server/unit-reports/indicators/queries.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params }) => {
	const set = await getSet(ctx, params.set);
	demandWithin(ctx, 'indicator:edit', set.unitPath, 'indicators');
	if (set.state === 'published') redirect(303, `/manage/indicators/${set.id}`);
	const item = (await listIndicators(ctx, set.id)).find(({ id }) => id === params.item);
	if (!item) throw notFound('indicator');
	return { set, item };
};

export const actions = {
	change: formAction(schemas.changeIndicator, changeIndicator, (_, { cookies, params }) => {
		setFlash(cookies, { text: m.plan_item_changed_flash() });
		return `/manage/indicators/${params.set}`;
	}),
	remove: formAction(schemas.theIndicator, removeIndicator, (_, { cookies, params }) => {
		setFlash(cookies, { text: m.plan_item_removed_flash() });
		return `/manage/indicators/${params.set}`;
	})
} satisfies Actions;
