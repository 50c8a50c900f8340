import * as v from 'valibot';
import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/grants.ts';
import { canSomewhere } from '#lib/server/access/scope.ts';
import { isId } from '#lib/server/platform/ids.ts';
import { countRoleHolders, getRoleHolder, listRoleHolders } from '#lib/server/people/list-role-holders.ts';
import { listUnitChoices } from '#lib/server/units/find-units.ts';
import { revokeRole } from '#lib/server/units/grant-role.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
	const query = Object.fromEntries(url.searchParams);
	const filter = v.parse(schemas.grantFilter, query);
	const page = await listRoleHolders(ctx, filter, query);
	return {
		page,
		filter,
		count: await countRoleHolders(ctx, filter),
		choices: await listUnitChoices(ctx, 'role:view', filter.unit),
		mayGrant: canSomewhere(ctx.actor, 'role:grant'),
		revoke: query.revoke && isId(query.revoke) ? await getRoleHolder(ctx, query.revoke) : null
	};
};

export const actions: Actions = {
	revoke: formAction(schemas.revokeRole, revokeRole, (_, { cookies }) => {
		setFlash(cookies, { text: m.access_revoked() });
		return '/admin/roles';
	})
};
