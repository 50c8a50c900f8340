import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/work-plans.ts';
import { demand } from '#lib/server/access/scope.ts';
import { yearOf } from '#lib/server/platform/dates.ts';
import { createPlan } from '#lib/server/unit-reports/plan/create-plan.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import { initialValues, unitChoicesFor } from '#lib/server/web/unit-choices.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, url: { searchParams: query } }) => {
	demand(ctx, 'plan:edit');
	const units = await unitChoicesFor(ctx, query, 'unitId', 'plan:edit');
	const year = yearOf(ctx.now) + 1;
	return {
		units,
		values: initialValues(query, {
			unitId: units.units[0]?.id ?? '',
			titleZh: m.plan_usual_title({ year }, { locale: 'zh-CN' }),
			titleEn: m.plan_usual_title({ year }, { locale: 'en' }),
			basis: '',
			fromYear: String(year),
			toYear: String(year),
			start: 'provincial'
		})
	};
};

export const actions = {
	default: formAction(schemas.createPlan, createPlan, (id, { cookies }) => {
		setFlash(cookies, { text: m.plan_created_flash() });
		return `/manage/plan/${id}`;
	})
} satisfies Actions;
