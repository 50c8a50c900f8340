import type { Rows } from '../route-access.ts';

export const rows: Rows = {
	'/(app)/reminders': { open: 'to-the-signed-in' },
	'/(app)/account/reminders': {
		open: 'to-the-signed-in',
		actions: { default: () => ({ mail: 'on', language: 'zh-CN', rhythm: 'daily', quiet: 'office' }) }
	},
	'/(app)/account/calendar': { open: 'to-the-signed-in', actions: { renew: () => ({}), revoke: () => ({}) } },
	'/calendar/[secret].ics': { open: 'to-all', status: 404, params: () => ({ secret: 'a'.repeat(40) }) },
	'/(app)/admin/settings/calendar': {
		...{ open: 'to-holders', ability: 'reminder:edit', over: 'everything', outOfReach: 403, shows: 'everything' },
		actions: { default: () => ({ year: '2026', off: '2026-10-01 至 2026-10-07 国庆节', worked: '2026-09-20' }) }
	},
	'/(app)/admin/settings/reminders': {
		...{ open: 'to-holders', ability: 'reminder:edit', over: 'everything', outOfReach: 403, shows: 'everything' },
		actions: {
			default: () => ({
				...{ active: 'on', daysBefore: '30, 7, 1', overdueEvery: '7', liaisonWeeks: '2', hrWeeks: '4' },
				...{ quietFrom: '20:00', quietUntil: '08:00' }
			})
		}
	}
};
