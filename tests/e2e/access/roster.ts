import { anImport } from '../../factories/roster-imports.ts';
import type { Rows } from '../route-access.ts';

export const rows: Rows = {
	'/(app)/manage/people/import': {
		open: 'to-holders',
		ability: 'people:import',
		shows: async ({ ctx, unit, holder }) => (await anImport(ctx, { unit, by: holder })).fileName,
		actions: {
			default: ({ unit }) => ({
				unitId: unit.id,
				file: { name: 'roster.csv', mimeType: 'text/csv', buffer: Buffer.from('工号,姓名\n1,白景行') }
			})
		}
	},
	'/(app)/manage/people/import/template': { open: 'to-holders', ability: 'people:import', shows: 'everything' },
	'/(app)/manage/people/import/[import]': {
		open: 'to-holders',
		ability: 'people:import',
		params: async ({ ctx, unit, holder }) => ({ import: (await anImport(ctx, { unit, by: holder })).id }),
		actions: {
			columns: () => ({ staffNumber: '0', name: '1' }),
			choose: () => ({ none: 'new' }),
			commit: () => ({}),
			discard: () => ({})
		}
	},
	'/(app)/manage/people/import/[import]/result': {
		open: 'to-holders',
		ability: 'people:import',
		params: async ({ ctx, unit, holder }) => ({ import: (await anImport(ctx, { unit, by: holder })).id })
	}
};
