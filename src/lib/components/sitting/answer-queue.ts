import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { GivenAnswer } from '#lib/schemas/answers.ts';

/** An answer that the server does not have yet. Of each question only the latest is kept. */
export interface QueuedAnswer {
	person: string;
	exam: string;
	attempt: string;
	slot: number;
	/** Order of the changes, over all questions. */
	at: number;
	revision: number;
	writer: string;
	response: GivenAnswer | null;
	flagged: boolean;
}

interface Schema extends DBSchema {
	answers: { key: [string, string, number]; value: QueuedAnswer };
}

export const databaseName = 'mingfa-sitting';

const open = (): Promise<IDBPDatabase<Schema>> =>
	openDB<Schema>(databaseName, 1, {
		upgrade: (db) => void db.createObjectStore('answers', { keyPath: ['person', 'attempt', 'slot'] })
	});

/**
 * What waits on this device to be sent, by person and attempt. Survives reloads, crashes and a device that is switched off.
 * Where the browser keeps nothing (private windows of some), it holds as long as the page stays open.
 */
export class AnswerQueue {
	#opened: Promise<IDBPDatabase<Schema> | undefined> | undefined;
	readonly #person: string;

	constructor(person: string) {
		this.#person = person;
	}

	/** Opened with the first question: the server makes the page too, and has no such database. */
	get #db() {
		return (this.#opened ??= open().catch(() => undefined));
	}

	/** Whether what is put here survives the page. */
	async survives(): Promise<boolean> {
		return (await this.#db) !== undefined;
	}

	/** @returns whether it is written, and outlives the page from now on */
	async put(answer: QueuedAnswer): Promise<boolean> {
		try {
			return (await (await this.#db)?.put('answers', answer)) !== undefined;
		} catch {
			return false; // no room left
		}
	}

	/** Takes an answer out once the server has it, unless it was changed again meanwhile. */
	async remove({ attempt, slot, revision, writer }: QueuedAnswer): Promise<void> {
		const transaction = (await this.#db)?.transaction('answers', 'readwrite');
		if (!transaction) return;
		const kept = await transaction.store.get([this.#person, attempt, slot]);
		if (kept && kept.writer === writer && kept.revision <= revision)
			await transaction.store.delete([this.#person, attempt, slot]);
		await transaction.done;
	}

	/** What this person has waiting, in the order in which it was changed. */
	async list(): Promise<QueuedAnswer[]> {
		const all = (await (await this.#db)?.getAll('answers')) ?? [];
		return all.filter(({ person }) => person === this.#person).sort((one, other) => one.at - other.at);
	}

	/** Forgets what others left on this device: nobody may read or send it. */
	async forgetOthers(): Promise<void> {
		const db = await this.#db;
		for (const [person, attempt, slot] of (await db?.getAllKeys('answers')) ?? [])
			if (person !== this.#person) await db?.delete('answers', [person, attempt, slot]);
	}
}
