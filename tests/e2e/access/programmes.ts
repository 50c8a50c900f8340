import { newId } from '#lib/server/platform/ids.ts';
import { aCourse } from '../../factories/courses.ts';
import { aPerson } from '../../factories/people.ts';
import { anAssignment, anObligation } from '../../factories/programmes.ts';
import type { Place, Rows } from '../route-access.ts';

/** An assignment of the place that somebody there still has before them. */
async function somebodyOwes({ ctx, unit, person }: Place): Promise<string> {
	const assignment = await anAssignment(ctx, { unit });
	await anObligation(ctx, { assignment, person });
	return assignment.id;
}

export const rows: Rows = {
	'/(app)/today': { open: 'to-the-signed-in' },
	'/(app)/notifications': {
		open: 'to-the-signed-in',
		actions: { open: () => ({ id: newId() }), 'mark-all': () => ({}) }
	},
	'/(app)/manage/assignments': {
		open: 'to-holders',
		ability: 'training:view',
		shows: async ({ ctx, unit }) => {
			const by = await aPerson(ctx, { unit });
			await anAssignment(ctx, { unit, by });
			return by.name;
		}
	},
	'/(app)/manage/assignments/new': {
		open: 'to-holders',
		ability: 'training:assign',
		query: async ({ ctx, person }) => ({
			step: 'people',
			course: (await aCourse(ctx, { lessons: 1, pool: () => [] })).id,
			person: person.id
		}),
		shows: ({ person }) => person.name,
		actions: {
			default: async ({ ctx, person }) => ({
				courseId: (await aCourse(ctx, { lessons: 1, pool: () => [] })).id,
				dueOn: '2026-12-31',
				reason: '年度计划',
				'personIds[]': person.id
			})
		}
	},
	'/(app)/manage/assignments/[assignment]': {
		open: 'to-holders',
		ability: 'training:view',
		params: async (place) => ({ assignment: await somebodyOwes(place) }),
		actions: {
			remind: async (place) => ({ assignmentId: await somebodyOwes(place), listed: 'on' }),
			extend: async (place) => ({ assignmentId: await somebodyOwes(place), listed: 'on', dueOn: '2027-01-31' }),
			withdraw: async (place) => ({ assignmentId: await somebodyOwes(place), listed: 'on', because: '计划调整' })
		}
	},
	'/(app)/manage/assignments/[assignment]/export': {
		open: 'to-holders',
		ability: 'training:view',
		params: async (place) => ({ assignment: await somebodyOwes(place) })
	}
};
