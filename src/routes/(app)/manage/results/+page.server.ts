import * as v from 'valibot';
import * as schemas from '#lib/schemas/assessments.ts';
import { can } from '#lib/server/access/scope.ts';
import { confirmResults } from '#lib/server/assessments/confirm-results.ts';
import { proposeResults } from '#lib/server/assessments/propose-results.ts';
import { countResults, listResults } from '#lib/server/assessments/queries.ts';
import { getScheme } from '#lib/server/assessments/scheme.ts';
import { readResultFilter } from '#lib/server/assessments/read-filter.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Actions, PageServerLoad } from './$types';

const sorts = v.fallback(v.picklist(['name', '-name', 'score', '-score']), 'name');

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
	const { filter, unit, choices, years } = await readResultFilter(ctx, url);
	const scope = { year: filter.year, unitPath: filter.unitPath };

	return {
		year: filter.year,
		years,
		unit: { id: unit.id, name: unit.name },
		choices,
		scheme: await getScheme(ctx, filter.year),
		mayConfirm: can(ctx.actor, 'result:confirm', unit.path),
		counts: await countResults(ctx, scope),
		matching: (await countResults(ctx, filter)).total,
		page: await listResults(ctx, filter, {
			sort: v.parse(sorts, url.searchParams.get('sort')),
			after: url.searchParams.get('after'),
			before: url.searchParams.get('before')
		})
	};
};

export const actions: Actions = {
	propose: formAction(schemas.proposeResults, proposeResults, (count, { cookies, url }) => {
		setFlash(cookies, { text: m.assessments_proposed_flash({ count }) });
		return here(url);
	}),
	confirm: formAction(schemas.confirmResults, confirmResults, (count, { cookies, url }) => {
		setFlash(cookies, { text: m.assessments_confirmed_flash({ count }) });
		return here(url);
	})
};

/** The same list again, from its first page: `?/confirm` is the action, not a filter. */
function here(url: URL): string {
	const query = new URLSearchParams(url.search);
	for (const name of [...query.keys()])
		if (name.startsWith('/') || name === 'after' || name === 'before') query.delete(name);
	return `${url.pathname}${query.size > 0 ? `?${query}` : ''}`;
}
