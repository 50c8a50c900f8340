import { and, eq } from 'drizzle-orm';
import { eventFiles, events } from '#db/schema/events.ts';
import { record } from '../audit/record.ts';
import { atomically, type SignedIn } from '../platform/context.ts';
import { conflict, notFound } from '../platform/errors.ts';
import { documents, type FileType, pictures } from '../platform/files/file-type.ts';
import { keepFile, type Upload } from '../platform/files/keep-file.ts';
import { dropFile } from '../platform/files/read-file.ts';
import { type Event, lockEvent } from './queries.ts';

export type FilePart = 'material' | 'minutes' | 'photo';

/** What each part of an event takes. */
export const typesOf: Record<FilePart, readonly FileType[]> = {
	material: [...documents, ...pictures],
	minutes: documents,
	photo: pictures
};

const most = 60;

/** Adds a hand-out, minutes or a photo to an event that was not called off. @returns id of the file @throws invalid file.…, conflict event.cancelled | event.files-full */
export function addEventFile(
	ctx: SignedIn,
	{ eventId, part, upload }: { eventId: string; part: FilePart; upload: Upload }
): Promise<string> {
	return atomically(ctx, async (ctx) => {
		const event = await lockEvent(ctx, eventId);
		if (event.state === 'cancelled') throw conflict('event.cancelled');
		if ((await ctx.db.$count(eventFiles, eq(eventFiles.eventId, eventId))) >= most)
			throw conflict('event.files-full', { field: 'file', values: { limit: most } });
		const fileId = await keepFile(ctx, upload, { types: typesOf[part] });
		await ctx.db.insert(eventFiles).values({ eventId, fileId, part });
		await record(ctx, 'event.file-added', eventId, { fileId, part });
		return fileId;
	});
}

/** Removes a file of an event that is not closed: what was handed in by then stays with it. @throws conflict event.closed, not-found event.not-found | file.not-found */
export function removeEventFile(
	ctx: SignedIn,
	{ eventId, fileId }: { eventId: string; fileId: string }
): Promise<void> {
	return atomically(ctx, async (ctx) => {
		demandNotClosed(await lockEvent(ctx, eventId));
		const removed = await ctx.db
			.delete(eventFiles)
			.where(and(eq(eventFiles.eventId, eventId), eq(eventFiles.fileId, fileId)))
			.returning({ part: eventFiles.part });
		if (removed.length === 0) throw notFound('file');
		await dropFile(ctx, fileId);
		await record(ctx, 'event.file-removed', eventId, { fileId, part: removed[0]!.part });
	});
}

/** Writes the minutes of an event; they may be written until it is closed, and after it once where they are missing. @throws conflict event.closed */
export function writeMinutes(ctx: SignedIn, { eventId, minutes }: { eventId: string; minutes: string }): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const event = await lockEvent(ctx, eventId);
		if (event.minutes !== '') demandNotClosed(event);
		await ctx.db.update(events).set({ minutes }).where(eq(events.id, eventId));
		await record(ctx, 'event.minutes-written', eventId);
	});
}

function demandNotClosed({ state }: Event): void {
	if (state === 'closed') throw conflict('event.closed');
}
