import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/unit-reports.ts';
import { demand } from '#lib/server/access/scope.ts';
import { yearOf } from '#lib/server/platform/dates.ts';
import { openCycle } from '#lib/server/unit-reports/open-cycle.ts';
import { listPlans } from '#lib/server/unit-reports/plan/queries.ts';
import { usualDueDate, usualLateRule } from '#lib/server/unit-reports/points-off.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import { initialValues, unitChoicesFor } from '#lib/server/web/unit-choices.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, url: { searchParams: query } }) => {
	demand(ctx, 'report:decide');
	const [units, plans] = await Promise.all([unitChoicesFor(ctx, query, 'unitId', 'report:decide'), listPlans(ctx)]);
	const published = plans.filter(({ state }) => state === 'published');
	// Reports are asked for as the year ends, or just after.
	const year = Number(query.get('year')) || yearOf(new Date(ctx.now.getTime() - 90 * 86_400_000));
	const dueOn = usualDueDate(year);
	const planId = published.find(({ fromYear, toYear }) => fromYear <= year && year <= toYear)?.id ?? '';
	return {
		units,
		plans: published,
		values: initialValues(query, {
			...{ unitId: units.units[0]?.id ?? '', year: String(year), planId },
			...{ dueDivision: dueOn, dueInstitution: dueOn, dueCity: dueOn, dueCounty: dueOn },
			...Object.fromEntries(Object.entries(usualLateRule).map(([key, value]) => [key, String(value)]))
		})
	};
};

export const actions = {
	default: formAction(schemas.openCycle, openCycle, (id, { cookies }) => {
		setFlash(cookies, { text: m.report_opened_flash() });
		return `/manage/reports/cycles/${id}`;
	})
} satisfies Actions;
