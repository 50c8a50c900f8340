import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/events.ts';
import { addEventFile, removeEventFile, writeMinutes } from '#lib/server/events/event-files.ts';
import { listEventFiles } from '#lib/server/events/queries.ts';
import { readEvent } from '#lib/server/events/read-event.ts';
import { renderContent } from '#lib/server/events/render-content.ts';
import { largestFile } from '#lib/server/platform/files/keep-file.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import { neededUpload } from '#lib/server/web/form-upload.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params }) => {
	const view = await readEvent(ctx, params.event);
	return {
		view,
		files: await listEventFiles(ctx, view.event.id),
		html: renderContent(view.event.minutes),
		limit: largestFile
	};
};

export const actions = {
	add: formAction(
		schemas.addEventFile,
		async (ctx, { eventId, part, file }) => addEventFile(ctx, { eventId, part, upload: await neededUpload(file) }),
		(_, { cookies, url }) => {
			setFlash(cookies, { text: m.events_file_added_flash() });
			return url.pathname;
		}
	),
	remove: formAction(schemas.removeEventFile, removeEventFile, (_, { cookies, url }) => {
		setFlash(cookies, { text: m.events_file_removed_flash() });
		return url.pathname;
	}),
	minutes: formAction(schemas.writeMinutes, writeMinutes, (_, { cookies, url }) => {
		setFlash(cookies, { text: m.events_minutes_flash() });
		return url.pathname;
	})
} satisfies Actions;
