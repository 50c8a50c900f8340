import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/grants.ts';
import { demand } from '#lib/server/access/scope.ts';
import { dateOf } from '#lib/server/platform/dates.ts';
import { isId } from '#lib/server/platform/ids.ts';
import { findPeople } from '#lib/server/people/find-people.ts';
import { getPerson } from '#lib/server/people/queries.ts';
import { findUnits, listUnitChoices } from '#lib/server/units/find-units.ts';
import { grantRole, listGrantable } from '#lib/server/units/grant-role.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import type { Actions, PageServerLoad } from './$types';

const ability = 'role:grant';

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
	demand(ctx, ability);
	const asked = (name: string) => url.searchParams.get(name) ?? '';
	const [personId, typedUnit] = [asked('personId'), asked('unitIdQ').trim()];
	return {
		from: asked('from') || dateOf(ctx.now),
		until: asked('until'),
		roles: listGrantable(ctx),
		role: asked('role'),
		chosen: isId(personId) ? [await chosenPerson(personId)] : [],
		query: asked('personIdQ'),
		found: await findPeople(ctx, { q: asked('personIdQ'), ability }),
		choices: typedUnit
			? { units: await findUnits(ctx, { q: typedUnit, ability }), complete: false }
			: await listUnitChoices(ctx, ability, asked('unitId'))
	};

	async function chosenPerson(id: string) {
		const { name, staffNumber, unitName, title } = await getPerson(ctx, id, ability);
		return { id, name, staffNumber, unit: unitName, title };
	}
};

export const actions: Actions = {
	default: formAction(schemas.grantRole, grantRole, (_, { cookies }) => {
		setFlash(cookies, { text: m.access_granted() });
		return '/admin/roles';
	})
};
