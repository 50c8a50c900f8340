import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/units.ts';
import { dateOf } from '#lib/server/platform/dates.ts';
import { renameUnit } from '#lib/server/units/rename-unit.ts';
import { getUnit } from '#lib/server/units/queries.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params: { unitId } }) => {
	const { id, name } = await getUnit(ctx, unitId, 'unit:edit');
	return { unit: { id, name }, today: dateOf(ctx.now) };
};

export const actions = {
	default: formAction(schemas.renameUnit, renameUnit, (_, { cookies, params }) => {
		setFlash(cookies, { text: m.units_changed_flash() });
		return `/manage/units/${params.unitId}`;
	})
} satisfies Actions;
