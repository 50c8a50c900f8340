import { renameUnit } from '#lib/server/units/rename-unit.ts';
import { as, aUnit } from '../../factories/units.ts';
import type { Place, Rows } from '../route-access.ts';

const from = '2026-11-23';
const aUnitThere = async ({ ctx, unit }: Place) => ({ unitId: (await aUnit(ctx, { below: unit })).id });

export const rows: Rows = {
	'/(app)/manage/units': { open: 'to-holders', ability: 'unit:view', shows: ({ unit }) => unit.name },
	'/(app)/manage/units/find': {
		open: 'to-holders',
		ability: 'unit:view',
		query: ({ unit }) => ({ q: unit.code }),
		shows: ({ unit }) => unit.name
	},
	'/(app)/manage/units/new': {
		open: 'to-holders',
		ability: 'unit:edit',
		shows: ({ unit }) => unit.name,
		actions: {
			default: ({ unit }) => ({
				parentId: unit.id,
				kind: 'division',
				name: '仲裁处',
				code: `N${Date.now()}`,
				position: '1',
				from
			})
		}
	},
	'/(app)/manage/units/[unitId]': {
		open: 'to-holders',
		ability: 'unit:view',
		params: aUnitThere,
		actions: {
			cancel: async (place) => {
				const { unitId } = await aUnitThere(place);
				const ctx = as(place.ctx, place.holder.id, { role: 'hr', unit: place.unit });
				await renameUnit(ctx, { unitId, name: '仲裁处', from: '2027-01-01' });
				return { unitId, from: '2027-01-01' };
			}
		}
	},
	'/(app)/manage/units/[unitId]/rename': {
		open: 'to-holders',
		ability: 'unit:edit',
		params: aUnitThere,
		actions: { default: () => ({ name: '仲裁处', from }) }
	},
	'/(app)/manage/units/[unitId]/move': {
		open: 'to-holders',
		ability: 'unit:edit',
		params: aUnitThere,
		actions: { default: async (place) => ({ parentId: (await aUnitThere(place)).unitId, from }) }
	},
	'/(app)/manage/units/[unitId]/merge': {
		open: 'to-holders',
		ability: 'unit:edit',
		params: aUnitThere,
		actions: { default: async (place) => ({ intoId: (await aUnitThere(place)).unitId, from }) }
	},
	'/(app)/manage/units/[unitId]/close': {
		open: 'to-holders',
		ability: 'unit:edit',
		params: aUnitThere,
		actions: { default: () => ({ from }) }
	}
};
