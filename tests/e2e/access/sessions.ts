import { newId } from '#lib/server/platform/ids.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { replaceLinks } from '#lib/server/sessions/replace-links.ts';
import type { Rows } from '../route-access.ts';

export const rows: Rows = {
	'/': { open: 'to-all', status: 307 },
	'/forgotten': { open: 'to-all', actions: { default: () => ({ account: 'nobody' }) } },
	'/password/[secret]': {
		open: 'to-all',
		params: async ({ ctx, person }) => ({ secret: await aLink(ctx, person.id) }),
		actions: { default: () => ({ password: 'short', passwordAgain: 'short' }) }
	},
	'/preferences': { open: 'to-all', actions: { default: () => ({ theme: 'dark', back: '/' }) } },
	'/sign-in': { open: 'to-all', actions: { default: () => ({ account: 'nobody', password: 'nothing' }) } },
	'/sign-out': { open: 'to-all', status: 303, actions: { default: () => ({}) } },

	'/(app)/account': { open: 'to-the-signed-in' },
	'/(app)/account/deputies': {
		open: 'to-the-signed-in',
		actions: {
			lend: ({ unit, person }) => ({
				grantId: newId(),
				unitId: unit.id,
				personId: person.id,
				from: '2026-11-23',
				until: '2026-11-30'
			}),
			end: () => ({ grantId: newId() })
		}
	},
	'/(app)/account/password': {
		open: 'to-the-signed-in',
		actions: { default: () => ({ currentPassword: 'no', password: 'short', passwordAgain: 'short' }) }
	},
	'/(app)/account/sessions': {
		open: 'to-the-signed-in',
		actions: { end: () => ({ key: '0'.repeat(64) }), 'end-others': () => ({}) }
	},

	'/(app)/manage/people/slips': {
		open: 'to-holders',
		ability: 'account:issue',
		query: ({ person }) => ({ person: person.id }),
		isAboutThings: true,
		actions: {
			plan: ({ person }) => ({ 'personIds[]': person.id }),
			issue: ({ person }) => ({ 'personIds[]': person.id })
		}
	}
};

async function aLink(ctx: Context, personId: string): Promise<string> {
	const [link] = await replaceLinks(ctx, [personId], 'mail');
	return link?.secret ?? '';
}
