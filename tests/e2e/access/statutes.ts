import { aStatute } from '../../factories/statutes.ts';
import type { Rows } from '../route-access.ts';

export const rows: Rows = {
	'/(app)/statutes': { open: 'to-the-signed-in' },
	'/(app)/statutes/[statute]': {
		open: 'to-the-signed-in',
		params: async ({ ctx }) => ({ statute: (await aStatute(ctx)).slug })
	},
	'/(app)/statutes/[statute]/[article]': {
		open: 'to-the-signed-in',
		params: async ({ ctx }) => ({ statute: (await aStatute(ctx)).slug, article: '1' })
	},
	'/(app)/statutes/[statute]/[article]/panel': {
		open: 'to-the-signed-in',
		params: async ({ ctx }) => ({ statute: (await aStatute(ctx)).slug, article: '1' })
	},
	'/(app)/search': { open: 'to-the-signed-in', query: () => ({ q: '法' }) }
};
