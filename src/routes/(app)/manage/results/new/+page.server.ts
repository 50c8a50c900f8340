import * as schemas from '#lib/schemas/assessments.ts';
import { demand } from '#lib/server/access/scope.ts';
import { openCycle } from '#lib/server/assessments/cycle/open-cycle.ts';
import { addDays, dateOf, yearOf } from '#lib/server/platform/dates.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import { initialValues, unitChoicesFor } from '#lib/server/web/unit-choices.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Actions, PageServerLoad } from './$types';

/** A year is usually assessed from December to February. */
const startMonths = 4;

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
	demand(ctx, 'result:confirm');
	const year = yearOf(new Date(ctx.now.getTime() - startMonths * 30 * 86_400_000));
	return {
		years: [0, 1, 2, 3].map((back) => yearOf(ctx.now) - back),
		choices: await unitChoicesFor(ctx, url.searchParams, 'unitId', 'result:confirm'),
		values: initialValues(url.searchParams, {
			year: String(year),
			unitId: '',
			reviewsDueOn: addDays(dateOf(ctx.now), 14),
			objectionDays: '5',
			reviewDepth: '1'
		})
	};
};

export const actions: Actions = {
	default: formAction(schemas.openCycle, openCycle, (id, { cookies }) => {
		setFlash(cookies, { text: m.assessments_opened_flash() });
		return `/manage/results/${id}`;
	})
};
