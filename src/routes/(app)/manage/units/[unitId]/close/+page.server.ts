import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/units.ts';
import { dateOf } from '#lib/server/platform/dates.ts';
import { closeUnit } from '#lib/server/units/close-unit.ts';
import { getUnit } from '#lib/server/units/queries.ts';
import { countReach, listBelow, listHolders } from '#lib/server/units/unit-view.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import { readStep } from '#lib/server/web/read-step.ts';
import type { Actions, PageServerLoad } from './$types';

/** In two steps: from when, then who and what stands in the way or is touched. */
export const load: PageServerLoad = async ({ locals: { ctx }, params: { unitId }, url: { searchParams: query } }) => {
	const unit = await getUnit(ctx, unitId, 'unit:edit');
	const { values, errors, input } = readStep(schemas.closeUnit, query, 'from', { unitId });
	return {
		unit: { id: unit.id, name: unit.name },
		from: values.from ?? dateOf(ctx.now),
		errors,
		preview: input && {
			from: input.from,
			reach: await countReach(ctx, unit),
			holders: await listHolders(ctx, unitId, input.from),
			below: await listBelow(ctx, unitId, input.from)
		}
	};
};

export const actions = {
	default: formAction(schemas.closeUnit, closeUnit, (_, { cookies, params }) => {
		setFlash(cookies, { text: m.units_changed_flash() });
		return `/manage/units/${params.unitId}`;
	})
} satisfies Actions;
