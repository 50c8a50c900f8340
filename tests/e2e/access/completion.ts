import { markDirty, refreshRollups } from '#lib/server/completion/refresh-rollups.ts';
import { anObligation } from '../../factories/programmes.ts';
import type { Place, Rows } from '../route-access.ts';

/** The unit of the place, with somebody who owes a course there. */
async function aUnitWithDuties({ ctx, unit, person }: Place): Promise<{ unit: string }> {
	await anObligation(ctx, { person, dueOn: '2026-11-01' });
	await markDirty(ctx, { units: [{ unitId: unit.id, year: 2026 }] });
	await refreshRollups(ctx);
	return { unit: unit.id };
}

export const rows: Rows = {
	'/(app)/overview': { open: 'to-holders', ability: 'completion:view', shows: ({ unit }) => unit.name },
	'/(app)/overview/[unit]': { open: 'to-holders', ability: 'completion:view', params: aUnitWithDuties },
	'/(app)/overview/[unit]/export': { open: 'to-holders', ability: 'completion:view', params: aUnitWithDuties },
	'/(app)/overview/[unit]/people': { open: 'to-holders', ability: 'completion:people', params: aUnitWithDuties },
	'/(app)/overview/[unit]/late': { open: 'to-holders', ability: 'completion:people', params: aUnitWithDuties },
	'/(app)/overview/[unit]/people/export': {
		open: 'to-holders',
		ability: 'completion:people',
		params: aUnitWithDuties
	}
};
