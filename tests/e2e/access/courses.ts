import { newId } from '#lib/server/platform/ids.ts';
import { addressOf } from '../../factories/checks.ts';
import { aCourse } from '../../factories/courses.ts';
import type { Rows } from '../route-access.ts';

export const rows: Rows = {
	'/(app)/courses/[course]/[lesson]/check': {
		open: 'to-the-signed-in',
		params: async ({ ctx }) => addressOf(await aCourse(ctx)),
		actions: {
			begin: () => ({}),
			answer: () => ({ checkId: newId(), position: '1', kind: 'numeric', number: '1', to: '2' }),
			submit: () => ({ checkId: newId() })
		}
	},
	'/(app)/courses/[course]/[lesson]/check/answers/[position]': {
		open: 'to-the-signed-in',
		params: async ({ ctx }) => ({ ...addressOf(await aCourse(ctx)), position: '1' })
	}
};
