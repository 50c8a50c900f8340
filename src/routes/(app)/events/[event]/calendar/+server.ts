import { eventCalendar } from '#lib/server/events/event-calendar.ts';
import { getOwnEvent } from '#lib/server/events/own-events.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { attachment } from '#lib/server/web/xlsx-response.ts';
import type { RequestHandler } from './$types';

/** An event for the calendar of whoever takes part: opened again after a change, it replaces what the calendar has. */
export const GET: RequestHandler = async ({ locals, params }) => {
	const ctx = locals.ctx as SignedIn;
	const { event } = await getOwnEvent(ctx, params.event);
	return new Response(await eventCalendar(ctx, event), {
		headers: {
			'content-type': 'text/calendar; charset=utf-8; method=PUBLISH',
			'content-disposition': attachment(`${event.title}.ics`),
			'cache-control': 'private, no-store'
		}
	});
};
