import { aCourse } from '../../factories/courses.ts';
import { aPerson } from '../../factories/people.ts';
import { aPromotion } from '../../factories/promotions.ts';
import type { Rows } from '../route-access.ts';

export const rows: Rows = {
	'/(app)/manage/promotions': {
		open: 'to-holders',
		ability: 'promotion:view',
		shows: async ({ ctx, unit }) => {
			const person = await aPerson(ctx, { unit });
			await aPromotion(ctx, { person, courses: [await aCourse(ctx)] });
			return person.name;
		},
		actions: {
			cancel: async ({ ctx, unit }) => ({
				promotionId: (await aPromotion(ctx, { unit })).id,
				because: '任免文件已撤销'
			})
		}
	},
	'/(app)/manage/promotions/export': { open: 'to-holders', ability: 'promotion:view', shows: 'everything' },
	'/(app)/manage/promotions/programme': {
		open: 'to-holders',
		ability: 'settings:edit',
		over: 'everything',
		outOfReach: 403,
		shows: 'everything',
		actions: { default: () => ({ months: '12' }) }
	}
};
