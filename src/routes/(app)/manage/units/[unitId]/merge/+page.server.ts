import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/units.ts';
import { dateOf } from '#lib/server/platform/dates.ts';
import { mergeUnit } from '#lib/server/units/merge-unit.ts';
import { getUnit } from '#lib/server/units/queries.ts';
import { countReach } from '#lib/server/units/unit-view.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import { readStep } from '#lib/server/web/read-step.ts';
import { initialValues, unitChoicesFor } from '#lib/server/web/unit-choices.ts';
import type { Actions, PageServerLoad } from './$types';

/** In two steps: where and from when, then what that touches. */
export const load: PageServerLoad = async ({ locals: { ctx }, params: { unitId }, url: { searchParams: query } }) => {
	const unit = await getUnit(ctx, unitId, 'unit:edit');
	const { values, errors, input } = readStep(schemas.mergeUnit, query, 'intoId', { unitId });
	const target = input && (await getUnit(ctx, input.intoId, 'unit:edit'));
	return {
		unit: { id: unit.id, name: unit.name },
		initial: initialValues(query, { intoId: '', from: dateOf(ctx.now), ...values }),
		errors,
		units: await unitChoicesFor(ctx, query, 'intoId', 'unit:edit'),
		preview:
			input && target
				? { from: input.from, target: { id: target.id, name: target.name }, reach: await countReach(ctx, unit) }
				: null
	};
};

export const actions = {
	default: formAction(schemas.mergeUnit, mergeUnit, (_, { cookies, params }) => {
		setFlash(cookies, { text: m.units_changed_flash() });
		return `/manage/units/${params.unitId}`;
	})
} satisfies Actions;
