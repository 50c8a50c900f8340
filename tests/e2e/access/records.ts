import { newId } from '#lib/server/platform/ids.ts';
import { aPerson } from '../../factories/people.ts';
import { aCorrection } from '../../factories/records.ts';
import type { Place, Rows } from '../route-access.ts';

const waiting = async ({ ctx, unit }: Place) => aCorrection(ctx, { person: await aPerson(ctx, { unit }) });

export const rows: Rows = {
	'/(app)/record': { open: 'to-the-signed-in' },
	'/(app)/record/export': { open: 'to-the-signed-in' },
	'/(app)/record/looks': { open: 'to-the-signed-in' },
	'/(app)/record/corrections': {
		open: 'to-the-signed-in',
		actions: {
			ask: () => ({ part: 'events', what: '9月培训班记为缺席', why: '签到表第3页' }),
			withdraw: () => ({ correctionId: newId() })
		}
	},
	'/(app)/manage/people/[personId]/record': {
		open: 'to-holders',
		ability: 'record:view',
		params: ({ person }) => ({ personId: person.id })
	},
	'/(app)/manage/corrections': {
		open: 'to-holders',
		ability: 'record:answer',
		shows: async ({ ctx, unit }) => {
			const person = await aPerson(ctx, { unit });
			await aCorrection(ctx, { person });
			return person.name;
		}
	},
	'/(app)/manage/corrections/[correction]': {
		open: 'to-holders',
		ability: 'record:answer',
		params: async (place) => ({ correction: await waiting(place) }),
		actions: {
			answer: async (place) => ({ correctionId: await waiting(place), decision: 'refuse', because: '与签到表不符' })
		}
	}
};
