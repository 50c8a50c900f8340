import { aBulkAct } from '../../factories/bulk.ts';
import { aCourse } from '../../factories/courses.ts';
import { aPerson } from '../../factories/people.ts';
import type { Place, Rows } from '../route-access.ts';

/** Only what is done can be taken back; only what is not begun can be begun. */
let isDone = false;

const anAct = async ({ ctx, unit, holder, person }: Place) => {
	const done = isDone ? { state: 'done' as const, startedAt: ctx.now, finishedAt: ctx.now } : {};
	return aBulkAct(ctx, { unit, by: holder, people: [person], ...done });
};

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
		outOfReach: 303, // nobody within reach is on the list, and the address names none to go back to
		actions: {
			prepare: async ({ ctx, unit }) => ({
				...{ kind: 'assign-course', list: 'people', filter: `id=${(await aPerson(ctx, { unit })).id}` },
				...{ courseId: (await aCourse(ctx, { lessons: 1 })).id, dueOn: '2026-12-31', reason: '年度学习' }
			})
		}
	},
	'/(app)/manage/bulk/[act]': {
		open: 'to-holders',
		ability: 'bulk:act',
		params: async (place) => ({ act: (await anAct(place)).id }),
		actions: {
			begin: () => {
				isDone = false;
				return {};
			},
			discard: () => {
				isDone = false;
				return {};
			},
			undo: () => {
				isDone = true;
				return { reason: '办理有误' };
			}
		}
	}
};
