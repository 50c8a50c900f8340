import * as v from 'valibot';
import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/publicity.ts';
import { canSomewhere } from '#lib/server/access/scope.ts';
import { yearOf } from '#lib/server/platform/dates.ts';
import { drawSample } from '#lib/server/unit-reports/publicity/inspect.ts';
import { listPlans } from '#lib/server/unit-reports/publicity/queries.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import { unitChoicesFor } from '#lib/server/web/unit-choices.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, url: { searchParams: query } }) => {
	const thisYear = yearOf(ctx.now);
	const year = v.parse(schemas.planList, Object.fromEntries(query)).year ?? thisYear;
	const mayInspect = canSomewhere(ctx.actor, 'publicity:inspect');
	return {
		year,
		years: [thisYear + 1, thisYear, thisYear - 1, thisYear - 2],
		plans: await listPlans(ctx, year),
		mayEdit: canSomewhere(ctx.actor, 'publicity:edit'),
		units: mayInspect ? await unitChoicesFor(ctx, query, 'unitId', 'publicity:inspect') : null
	};
};

export const actions = {
	draw: formAction(schemas.drawSample, drawSample, (count, { cookies, url }) => {
		setFlash(cookies, { text: m.publicity_drawn_flash({ count }) });
		return url.pathname + (url.searchParams.get('year') ? `?year=${url.searchParams.get('year')}` : '');
	})
} satisfies Actions;
