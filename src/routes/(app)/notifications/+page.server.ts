import * as v from 'valibot';
import * as schemas from '#lib/schemas/notifications.ts';
import { markAllRead, openNotification } from '#lib/server/notifications/mark-read.ts';
import { countUnread, listNotifications } from '#lib/server/notifications/queries.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const ctx = locals.ctx as SignedIn;
	const asked = { after: url.searchParams.get('after'), before: url.searchParams.get('before') };
	const [page, unread] = await Promise.all([listNotifications(ctx, asked), countUnread(ctx)]);
	const days = [...Map.groupBy(page.rows, ({ day }) => day)].map(([day, notifications]) => ({ day, notifications }));
	return { days, unread, previous: page.previous, next: page.next };
};

export const actions = {
	open: formAction(schemas.openNotification, openNotification, (href) => href),
	'mark-all': formAction(
		v.object({}),
		(ctx) => markAllRead(ctx),
		() => '/notifications'
	)
} satisfies Actions;
