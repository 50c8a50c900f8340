import { outcomeWords, presenceWords, sessionName, standingWords } from '#lib/components/events/event-words.ts';
import { m } from '#lib/paraglide/messages.js';
import { type AttendanceLine, listAttendance } from '#lib/server/events/list-participants.ts';
import { readEvent } from '#lib/server/events/read-event.ts';
import { dateOf } from '#lib/server/platform/dates.ts';
import { notFound } from '#lib/server/platform/errors.ts';
import { xlsxResponse } from '#lib/server/web/xlsx-response.ts';
import type { RequestHandler } from './$types';

/** The attendance list as a sheet, as it stands. Filled in by hand and uploaded, it is read as it was written. */
export const GET: RequestHandler = async ({ locals: { ctx }, params }) => {
	const { event, sessions } = await readEvent(ctx, params.event);
	if (event.state === 'planned' || event.state === 'cancelled') throw notFound('event');
	return xlsxResponse<AttendanceLine>(ctx, `${event.title}-${m.events_tab_attendance()}-${dateOf(ctx.now)}`, {
		title: event.title,
		rows: await listAttendance(ctx, event.id),
		columns: [
			{ header: m.events_column_number(), value: ({ staffNumber }) => staffNumber },
			{ header: m.events_column_name(), value: ({ name }) => name },
			{ header: m.events_column_unit_of(), width: 28, value: ({ unit }) => unit },
			...sessions.map((session, index) => ({
				header: sessionName(session),
				value: ({ presences }: AttendanceLine) => {
					const presence = presences[index];
					return presence ? presenceWords[presence]() : null;
				}
			})),
			{ header: m.events_column_answer(), value: ({ state }) => standingWords[state]() },
			{ header: m.events_column_outcome(), value: ({ outcome }) => outcome && outcomeWords[outcome]() },
			{ header: m.events_column_hours(), value: ({ hours }) => hours }
		]
	});
};
