import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/units.ts';
import { demand } from '#lib/server/access/scope.ts';
import { dateOf } from '#lib/server/platform/dates.ts';
import { openUnit } from '#lib/server/units/open-unit.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import { initialValues, unitChoicesFor } from '#lib/server/web/unit-choices.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, url: { searchParams: query } }) => {
	demand(ctx, 'unit:edit');
	const defaults = {
		parentId: query.get('parent'),
		name: '',
		code: '',
		kind: 'division',
		position: '',
		from: dateOf(ctx.now)
	};
	return {
		initial: initialValues(query, defaults),
		units: await unitChoicesFor(ctx, query, 'parentId', 'unit:edit', query.get('parent'))
	};
};

export const actions = {
	default: formAction(schemas.openUnit, openUnit, (unitId, { cookies }) => {
		setFlash(cookies, { text: m.units_opened_flash() });
		return `/manage/units/${unitId}`;
	})
} satisfies Actions;
