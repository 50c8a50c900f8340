import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/unit-reports.ts';
import { getCycle, listReports } from '#lib/server/unit-reports/cycle-queries.ts';
import { extendReport } from '#lib/server/unit-reports/decide-report.ts';
import { remindOfCycle } from '#lib/server/unit-reports/remind-of-reports.ts';
import { listUnasked, widenCycle } from '#lib/server/unit-reports/widen-cycle.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
	const cycle = await getCycle(ctx, params.cycle);
	const reports = await listReports(ctx, { cycleId: cycle.id });
	const unasked = cycle.mayDecide ? await listUnasked(ctx, cycle) : [];
	const asked = url.searchParams.get('extend');
	return {
		cycle,
		reports,
		extending: (cycle.mayDecide && reports.find(({ id }) => id === asked)) || null,
		unasked: unasked.map(({ id, name }) => ({ id, name })),
		widening: unasked.length > 0 && url.searchParams.has('widen'),
		onlyOut: url.searchParams.get('show') === 'out'
	};
};

export const actions = {
	remind: formAction(schemas.theCycle, remindOfCycle, (count, { cookies, url }) => {
		setFlash(cookies, { text: m.report_reminded_flash({ count }) });
		return url.pathname;
	}),
	widen: formAction(schemas.widenCycle, widenCycle, (count, { cookies, url }) => {
		setFlash(cookies, { text: m.report_widened_flash({ count }) });
		return url.pathname;
	}),
	extend: formAction(schemas.extendReport, extendReport, (_, { cookies, url }) => {
		setFlash(cookies, { text: m.report_extended_flash() });
		return url.pathname;
	})
} satisfies Actions;
