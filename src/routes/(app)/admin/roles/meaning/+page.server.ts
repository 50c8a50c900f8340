import { abilitiesOf } from '#lib/server/access/abilities.ts';
import { demand } from '#lib/server/access/scope.ts';
import { roles } from '#lib/server/platform/roles.ts';
import type { PageServerLoad } from './$types';

/** The one table of abilities, as it is enforced. */
export const load: PageServerLoad = ({ locals }) => {
	demand(locals.ctx, 'role:view');
	return { roles: roles.map((role) => ({ role, abilities: [...abilitiesOf[role]] })) };
};
