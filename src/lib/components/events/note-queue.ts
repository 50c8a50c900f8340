import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { Presence } from '#lib/schemas/events.ts';

/** What was noted about somebody in a session on this device. Of each only the latest is kept. */
export interface QueuedNote {
	/** Who noted it. */
	noter: string;
	event: string;
	sessionId: string;
	personId: string;
	presence: Presence;
	/** By this device's clock, in milliseconds. */
	notedAt: number;
	/** waiting: the server does not have it. sent: it has, since `sentAt` by its own clock. refused: it will never take it. */
	state: 'waiting' | 'sent' | 'refused';
	sentAt?: number;
}

interface Schema extends DBSchema {
	notes: { key: [string, string, string, string]; value: QueuedNote };
}

export const databaseName = 'mingfa-attendance';

const open = (): Promise<IDBPDatabase<Schema>> =>
	openDB<Schema>(databaseName, 1, {
		upgrade: (db) => void db.createObjectStore('notes', { keyPath: ['noter', 'event', 'sessionId', 'personId'] })
	});

/**
 * What this device has noted of an event, whether the server has it or not. Survives reloads, crashes and a device that is
 * switched off; where the browser keeps nothing, it holds as long as the page stays open.
 */
export class NoteQueue {
	#opened: Promise<IDBPDatabase<Schema> | undefined> | undefined;
	readonly #noter: string;
	readonly #event: string;

	constructor(noter: string, event: string) {
		this.#noter = noter;
		this.#event = event;
	}

	get #db() {
		return (this.#opened ??= open().catch(() => undefined));
	}

	async survives(): Promise<boolean> {
		return (await this.#db) !== undefined;
	}

	/** @returns whether it is written, and outlives the page from now on */
	async put(note: QueuedNote): Promise<boolean> {
		try {
			return (await (await this.#db)?.put('notes', note)) !== undefined;
		} catch {
			return false; // no room left
		}
	}

	/** Writes what became of a note, unless something else was noted meanwhile. */
	async settle(note: QueuedNote, change: Partial<QueuedNote> | null): Promise<void> {
		const transaction = (await this.#db)?.transaction('notes', 'readwrite');
		if (!transaction) return;
		const key: Schema['notes']['key'] = [note.noter, note.event, note.sessionId, note.personId];
		const kept = await transaction.store.get(key);
		if (kept?.notedAt === note.notedAt) {
			if (change) await transaction.store.put({ ...kept, ...change });
			else await transaction.store.delete(key);
		}
		await transaction.done;
	}

	/** What was noted of this event by this person, in that order. */
	async list(): Promise<QueuedNote[]> {
		const all = (await (await this.#db)?.getAll('notes')) ?? [];
		return all
			.filter(({ noter, event }) => noter === this.#noter && event === this.#event)
			.sort((one, other) => one.notedAt - other.notedAt);
	}
}
