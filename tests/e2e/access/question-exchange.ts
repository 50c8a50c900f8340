import { aBankQuestion } from '../../factories/bank.ts';
import { aQuestionImport } from '../../factories/question-imports.ts';
import type { Place, Rows } from '../route-access.ts';

const ownImport = async ({ ctx, unit, holder }: Place) => ({
	import: (await aQuestionImport(ctx, { unit, by: holder })).id
});

export const rows: Rows = {
	'/(app)/manage/questions/import': {
		open: 'to-holders',
		ability: 'question:edit',
		shows: 'everything',
		actions: {
			default: ({ unit }) => ({
				unitId: unit.id,
				file: { name: 'bank.gift', mimeType: 'text/plain', buffer: Buffer.from('试用期最长几个月？{=六个月 ~三个月}') }
			})
		}
	},
	'/(app)/manage/questions/import/template': { open: 'to-holders', ability: 'question:edit', shows: 'everything' },
	'/(app)/manage/questions/import/[import]': {
		open: 'to-holders',
		ability: 'question:edit',
		params: ownImport,
		actions: { commit: () => ({}), discard: () => ({}) }
	},
	'/(app)/manage/questions/export': { open: 'to-holders', ability: 'question:export', shows: 'everything' },
	'/(app)/manage/questions/export/file': {
		open: 'to-holders',
		ability: 'question:export',
		query: () => ({ format: 'gift', origin: 'bank' }),
		shows: async ({ ctx, unit }) => (await aBankQuestion(ctx, undefined, { unit })).code
	}
};
