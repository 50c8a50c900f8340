import type { RequestEvent } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/events.ts';
import { cancelEvent } from '#lib/server/events/cancel-event.ts';
import { closeEvent } from '#lib/server/events/close-event.ts';
import { copyEvent } from '#lib/server/events/copy-event.ts';
import { holdEvent } from '#lib/server/events/hold-event.ts';
import { openEvent } from '#lib/server/events/open-event.ts';
import { listEventArticles } from '#lib/server/events/queries.ts';
import { readEvent } from '#lib/server/events/read-event.ts';
import { renderContent } from '#lib/server/events/render-content.ts';
import { addDays, dateOf } from '#lib/server/platform/dates.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import type { Actions, PageServerLoad } from './$types';

const acts = ['open', 'hold', 'close', 'cancel', 'copy'] as const;

export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
	const view = await readEvent(ctx, params.event);
	const asked = url.searchParams.get('act');
	return {
		view,
		articles: await listEventArticles(ctx, view.event.id),
		html: renderContent(view.event.content),
		act: (view.may.edit && acts.find((act) => act === asked)) || null,
		copyOn: addDays(dateOf(ctx.now), 14)
	};
};

const saying =
	(text: () => string, page = '') =>
	(_: unknown, { cookies, url }: RequestEvent) => {
		setFlash(cookies, { text: text() });
		return `${url.pathname}${page}`;
	};

export const actions = {
	open: formAction(schemas.theEvent, openEvent, saying(m.events_opened_flash)),
	hold: formAction(schemas.theEvent, holdEvent, saying(m.events_held_flash, '/attendance')),
	close: formAction(schemas.theEvent, closeEvent, ({ attended }, { cookies, url }) => {
		setFlash(cookies, { text: m.events_closed_flash({ count: attended }) });
		return `${url.pathname}/attendance`;
	}),
	cancel: formAction(schemas.cancelEvent, cancelEvent, saying(m.events_cancelled_flash)),
	copy: formAction(schemas.copyEvent, copyEvent, (id, { cookies }) => {
		setFlash(cookies, { text: m.events_copied_flash() });
		return `/manage/events/${id}/edit`;
	})
} satisfies Actions;
