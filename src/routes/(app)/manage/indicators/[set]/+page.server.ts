import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/indicators.ts';
import { addIndicator, publishSet } from '#lib/server/unit-reports/indicators/arrange-set.ts';
import { changeBands } from '#lib/server/unit-reports/indicators/change-bands.ts';
import { getSet, listIndicators, listSheets } from '#lib/server/unit-reports/indicators/queries.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
	const set = await getSet(ctx, params.set);
	const [items, sheets] = await Promise.all([listIndicators(ctx, set.id), listSheets(ctx, set)]);
	return { set, items, sheets, publishing: set.mayEdit && url.searchParams.has('publish') };
};

export const actions = {
	add: formAction(schemas.addIndicator, addIndicator, (_, { cookies, url }) => {
		setFlash(cookies, { text: m.plan_item_added_flash() });
		return url.pathname;
	}),
	bands: formAction(schemas.changeBands, changeBands, (_, { cookies, url }) => {
		setFlash(cookies, { text: m.indicator_bands_flash() });
		return url.pathname;
	}),
	publish: formAction(schemas.theSet, publishSet, (_, { cookies, url }) => {
		setFlash(cookies, { text: m.indicator_published_flash() });
		return url.pathname;
	})
} satisfies Actions;
