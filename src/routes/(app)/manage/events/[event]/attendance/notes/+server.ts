import { json } from '@sveltejs/kit';
import * as schemas from '#lib/schemas/events.ts';
import { noteAttendance } from '#lib/server/events/note-attendance.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { jsonInput } from '#lib/server/web/json-input.ts';
import type { RequestHandler } from './$types';

/**
 * Notes that a device has kept, sent as soon as it could. The clock of a device may be wrong, the time that passes on it is not: a
 * note was made as long before now as it was made before it was sent.
 */
export const PUT: RequestHandler = async (event) => {
	const ctx = event.locals.ctx as SignedIn;
	const { sentAt, notes } = await jsonInput(event, schemas.attendanceNotes);
	const skew = sentAt === undefined ? 0 : ctx.now.getTime() - sentAt;
	const noted = await noteAttendance(ctx, {
		eventId: event.params.event,
		notes: notes.map((note) => ({ ...note, notedAt: new Date(note.notedAt + skew) }))
	});
	return json({ ...noted, at: ctx.now.getTime() });
};
