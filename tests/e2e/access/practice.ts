import { newId } from '#lib/server/platform/ids.ts';
import type { Rows } from '../route-access.ts';

export const rows: Rows = {
	'/(app)/practice': { open: 'to-the-signed-in', actions: { begin: () => ({ about: 'due' }) } },
	'/(app)/practice/session': {
		open: 'to-the-signed-in',
		actions: { answer: () => ({ roundId: newId(), position: '1', kind: 'numeric', number: '1' }) }
	},
	'/(app)/practice/wrong': {
		open: 'to-the-signed-in',
		actions: { dismiss: () => ({ questionId: newId() }), 'bring-back': () => ({ questionId: newId() }) }
	},
	'/(app)/practice/mastery': { open: 'to-the-signed-in' }
};
