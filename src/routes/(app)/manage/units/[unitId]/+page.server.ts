import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/units.ts';
import { can } from '#lib/server/access/scope.ts';
import { dateOf } from '#lib/server/platform/dates.ts';
import { cancelChange } from '#lib/server/units/cancel-change.ts';
import { listPendingChanges } from '#lib/server/units/pending-changes.ts';
import { getUnit, listPeriods } from '#lib/server/units/queries.ts';
import { countReach, listAbove, listBelow, listRolesOver } from '#lib/server/units/unit-view.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params: { unitId }, url: { searchParams: query } }) => {
	const { path, ...unit } = await getUnit(ctx, unitId);
	const today = dateOf(ctx.now);
	const pending = await listPendingChanges(ctx, { unitId });
	const seesRoles = can(ctx.actor, 'role:view', path) || can(ctx.actor, 'role:grant', path);
	return {
		unit,
		today,
		above: await listAbove(ctx, { path, ...unit }),
		reach: await countReach(ctx, { path, ...unit }),
		below: await listBelow(ctx, unitId, today),
		periods: (await listPeriods(ctx, unitId)).map(({ period, parent }) => ({ ...period, parent })),
		roles: seesRoles ? await listRolesOver(ctx, unitId) : null,
		pending,
		cancelling: pending.find(({ on, along }) => on === query.get('cancel') && !along),
		isRoot: unit.parentId === null,
		mayEdit: can(ctx.actor, 'unit:edit', path),
		seesPeople: can(ctx.actor, 'people:view', path)
	};
};

export const actions = {
	cancel: formAction(schemas.cancelChange, cancelChange, (_, { cookies, params }) => {
		setFlash(cookies, { text: m.units_cancelled_flash() });
		return `/manage/units/${params.unitId}`;
	})
} satisfies Actions;
