import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/indicators.ts';
import { demand } from '#lib/server/access/scope.ts';
import { yearOf } from '#lib/server/platform/dates.ts';
import { createSet } from '#lib/server/unit-reports/indicators/arrange-set.ts';
import { listSets } from '#lib/server/unit-reports/indicators/queries.ts';
import { listPlans } from '#lib/server/unit-reports/plan/queries.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import { initialValues, unitChoicesFor } from '#lib/server/web/unit-choices.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, url: { searchParams: query } }) => {
	demand(ctx, 'indicator:edit');
	const [units, plans, sets] = await Promise.all([
		unitChoicesFor(ctx, query, 'unitId', 'indicator:edit'),
		listPlans(ctx),
		listSets(ctx)
	]);
	const year = yearOf(ctx.now) + (sets.some((set) => set.year === yearOf(ctx.now)) ? 1 : 0);
	const planId = plans.find(({ fromYear, toYear }) => fromYear <= year && year <= toYear)?.id ?? plans[0]?.id ?? '';
	return {
		units,
		plans,
		sets,
		values: initialValues(query, {
			...{ unitId: units.units[0]?.id ?? '', year: String(year), planId, copyOf: '' },
			titleZh: m.indicator_usual_title({ year }, { locale: 'zh-CN' }),
			titleEn: m.indicator_usual_title({ year }, { locale: 'en' })
		})
	};
};

export const actions = {
	default: formAction(schemas.createSet, createSet, (id, { cookies }) => {
		setFlash(cookies, { text: m.indicator_created_flash() });
		return `/manage/indicators/${id}`;
	})
} satisfies Actions;
