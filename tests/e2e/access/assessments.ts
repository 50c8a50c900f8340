import { aResult } from '../../factories/assessments.ts';
import { aPerson } from '../../factories/people.ts';
import type { Place, Rows } from '../route-access.ts';

export const rows: Rows = {
	'/(app)/admin/settings': {
		open: 'to-holders',
		ability: 'settings:edit',
		over: 'everything',
		outOfReach: 403,
		shows: 'everything',
		actions: {
			scheme: () => ({ year: '2026', qualifiedFrom: '60', excellentFrom: '90', coursesWeight: '60', minimumHours: '0' })
		}
	},
	'/(app)/manage/results': {
		open: 'to-holders',
		ability: 'result:view',
		shows: async ({ ctx, person }) => (await aResult(ctx, { person, year: 2026 }), person.name),
		query: () => ({ year: '2026' }),
		actions: {
			propose: ({ unit }) => ({ year: '2026', unitId: unit.id }),
			confirm: async ({ ctx, unit }) => {
				await aResult(ctx, { person: await aPerson(ctx, { unit }), year: 2026 });
				return { year: '2026', unitId: unit.id, all: 'on' };
			}
		}
	},
	'/(app)/manage/results/export': { open: 'to-holders', ability: 'result:view', shows: 'everything' },
	'/(app)/manage/results/[result]': {
		open: 'to-holders',
		ability: 'result:view',
		params: (place) => aResultThere(place),
		actions: {
			decide: async (place) => ({
				resultId: (await aResultThere(place)).result,
				band: 'excellent',
				reason: '抽调办案'
			}),
			amend: async (place) => ({
				resultId: (await aResultThere(place, true)).result,
				band: 'excellent',
				reason: '核对更正'
			})
		}
	}
};

async function aResultThere({ ctx, unit }: Place, confirmed = false): Promise<{ result: string }> {
	const result = await aResult(ctx, { person: await aPerson(ctx, { unit }), year: 2026, confirmed });
	return { result: result.id };
}
