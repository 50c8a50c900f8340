import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/publicity.ts';
import { demand } from '#lib/server/access/scope.ts';
import { yearOf } from '#lib/server/platform/dates.ts';
import { createPlan } from '#lib/server/unit-reports/publicity/keep-plan.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import { initialValues, unitChoicesFor } from '#lib/server/web/unit-choices.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, url: { searchParams: query } }) => {
	demand(ctx, 'publicity:edit');
	const units = await unitChoicesFor(ctx, query, 'unitId', 'publicity:edit');
	const year = query.get('year') ?? String(yearOf(ctx.now));
	const unitId = units.units[0]?.id ?? '';
	return { units, values: initialValues(query, { unitId, year, title: m.publicity_usual_title({ year }) }) };
};

export const actions = {
	default: formAction(schemas.createPlan, createPlan, (id, { cookies }) => {
		setFlash(cookies, { text: m.publicity_created_flash() });
		return `/manage/publicity/${id}`;
	})
} satisfies Actions;
