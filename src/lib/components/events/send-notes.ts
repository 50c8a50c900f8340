import type { QueuedNote } from './note-queue.ts';

/** What became of notes that were sent. */
export type SentNotes =
	| { outcome: 'noted'; at: number }
	| { outcome: 'signed-out' }
	/** The server will never take them: the event was closed meanwhile, or is out of reach. */
	| { outcome: 'refused' }
	/** No connection, or a server that cannot answer at the moment. */
	| { outcome: 'unreachable' };

const patience = 20_000;

/**
 * Sends notes in the order in which they were made. Never throws: every way in which it can end is an outcome.
 * @param sentAt what this device's clock shows
 */
export async function sendNotes(event: string, queued: readonly QueuedNote[], sentAt: number): Promise<SentNotes> {
	const notes = queued.map(({ sessionId, personId, presence, notedAt }) => ({
		sessionId,
		personId,
		presence,
		notedAt
	}));
	try {
		const reply = await fetch(`/manage/events/${event}/attendance/notes`, {
			method: 'PUT',
			headers: { 'content-type': 'application/json', accept: 'application/json' },
			body: JSON.stringify({ sentAt, notes }),
			signal: AbortSignal.timeout(patience)
		});
		if (reply.ok) return { outcome: 'noted', at: ((await reply.json()) as { at: number }).at };
		if (reply.status === 401) return { outcome: 'signed-out' };
		return { outcome: reply.status >= 500 || reply.status === 429 ? 'unreachable' : 'refused' };
	} catch {
		return { outcome: 'unreachable' };
	}
}
