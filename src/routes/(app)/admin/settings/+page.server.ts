import * as schemas from '#lib/schemas/assessments.ts';
import { demandEverywhere } from '#lib/server/access/scope.ts';
import { getScheme, setScheme } from '#lib/server/assessments/scheme.ts';
import { yearOf } from '#lib/server/platform/dates.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
	demandEverywhere(ctx, 'settings:edit');
	const thisYear = yearOf(ctx.now);
	const asked = Number(url.searchParams.get('year'));
	const years = [thisYear + 1, thisYear, thisYear - 1];
	const year = years.includes(asked) ? asked : thisYear;
	return { year, years, scheme: await getScheme(ctx, year) };
};

export const actions: Actions = {
	scheme: formAction(schemas.setScheme, setScheme, (_, { cookies, url }) => {
		setFlash(cookies, { text: m.assessments_scheme_flash() });
		const year = url.searchParams.get('year');
		return year ? `${url.pathname}?year=${encodeURIComponent(year)}` : url.pathname;
	})
};
