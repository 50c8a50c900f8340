import { aBulkAct } from '../../factories/bulk.ts';
import { aCourse } from '../../factories/courses.ts';
import type { Place, Rows } from '../route-access.ts';

const prepared = async ({ ctx, unit, holder, person }: Place) =>
	aBulkAct(ctx, { unit, by: holder, people: [person], kind: 'move', values: {} });

export const rows: Rows = {
	'/(app)/manage/bulk': {
		open: 'to-holders',
		ability: 'bulk:act',
		shows: 'everything'
	},
	'/(app)/manage/bulk/new': {
		open: 'to-holders',
		ability: 'bulk:act',
		query: ({ person }) => ({ list: 'people', q: person.staffNumber }),
		shows: 'everything',
		actions: {
			prepare: async ({ ctx, person }) => ({
				...{ kind: 'assign-course', list: 'people', filter: `q=${person.staffNumber}` },
				...{ courseId: (await aCourse(ctx, { lessons: 1 })).id, dueOn: '2026-12-31', reason: '年度学习' }
			})
		}
	},
	'/(app)/manage/bulk/[act]': {
		open: 'to-holders',
		ability: 'bulk:act',
		params: async (place) => ({ act: (await prepared(place)).id }),
		actions: {
			begin: () => ({}),
			discard: () => ({}),
			undo: () => ({ reason: '办理有误' })
		}
	}
};
