import type { Presence } from '#lib/schemas/events.ts';
import { NoteQueue, type QueuedNote } from './note-queue.ts';
import { sendNotes } from './send-notes.ts';

type Line = { id: string; presences: (Presence | null)[] };
type Place = { noter: string; event: string; sessions: string[]; servedAt: number };

const shortestWait = 1_000;
const longestWait = 30_000;
const mostAtOnce = 500;

const cellOf = (sessionId: string, personId: string) => `${sessionId} ${personId}`;

/**
 * Keeps the attendance list of one event: each note goes into the queue on this device at once and to the server as soon as it
 * can, in the order in which they were made, again and again until the server has them.
 */
export class AttendanceKeeper {
	/** What is noted, by session and person. */
	presences = $state<Record<string, Presence | null>>({});
	/** Cells whose note the server does not have yet. */
	waiting = $state<Record<string, QueuedNote>>({});
	/** Notes that the server did not take. */
	refused = $state<QueuedNote[]>([]);
	isUnreachable = $state(false);
	isSignedOut = $state(false);
	/** Server's time of the last receipt. */
	receivedAt = $state<number | null>(null);
	/** Whether waiting notes outlive the page, once they are written. */
	survives = $state(true);
	#writing = $state(0);

	readonly #place: Place;
	readonly #queue: NoteQueue;
	#sending: Promise<void> | undefined;
	#failures = 0;
	#retry: ReturnType<typeof setTimeout> | undefined;

	constructor(place: Place, lines: readonly Line[]) {
		this.#place = place;
		this.#queue = new NoteQueue(place.noter, place.event);
		for (const { id, presences } of lines)
			for (const [index, presence] of presences.entries())
				this.presences[cellOf(place.sessions[index]!, id)] = presence;
	}

	get waitingCount(): number {
		return Object.keys(this.waiting).length;
	}

	/** Whether a note is just being written to this device: a page that goes now takes it along. */
	get isWriting(): boolean {
		return this.#writing > 0;
	}

	presenceOf = (sessionId: string, personId: string) => this.presences[cellOf(sessionId, personId)] ?? null;
	isWaiting = (sessionId: string, personId: string) => cellOf(sessionId, personId) in this.waiting;

	/** Brings back what this device knows beyond what the page was served with. */
	async restore(): Promise<void> {
		this.survives = await this.#queue.survives();
		for (const note of await this.#queue.list()) {
			const cell = cellOf(note.sessionId, note.personId);
			if (note.state === 'sent' && (note.sentAt ?? 0) <= this.#place.servedAt) {
				await this.#queue.settle(note, null); // the page knows it, and what has been noted elsewhere since
				continue;
			}
			if (note.state === 'refused') this.refused.push(note);
			else this.presences[cell] = note.presence;
			if (note.state === 'waiting') this.waiting[cell] = note;
		}
		if (this.waitingCount > 0) void this.flush();
	}

	note(sessionId: string, personId: string, presence: Presence): void {
		const { noter, event } = this.#place;
		const cell = cellOf(sessionId, personId);
		// Two notes within one millisecond still have an order.
		const notedAt = Math.max(Date.now(), (this.waiting[cell]?.notedAt ?? 0) + 1);
		const note: QueuedNote = { noter, event, sessionId, personId, presence, notedAt, state: 'waiting' };
		this.presences[cell] = presence;
		this.waiting[cell] = note;
		void this.#write(note).then(() => this.flush());
	}

	async #write(note: QueuedNote): Promise<void> {
		this.#writing++;
		this.survives = (await this.#queue.put(note)) && this.survives;
		this.#writing--;
	}

	/** Notes as present whoever has no note in a session. */
	noteAll(sessionId: string, personIds: readonly string[]): void {
		for (const personId of personIds)
			if (this.presenceOf(sessionId, personId) === null) this.note(sessionId, personId, 'present');
	}

	/** Sends what waits. Resolves when everything has been sent or a try has failed. */
	flush(): Promise<void> {
		this.#sending ??= this.#send().finally(() => (this.#sending = undefined));
		return this.#sending;
	}

	async #send(): Promise<void> {
		clearTimeout(this.#retry);
		for (;;) {
			const notes = Object.values($state.snapshot(this.waiting))
				.sort((one, other) => one.notedAt - other.notedAt)
				.slice(0, mostAtOnce);
			if (notes.length === 0) return;
			const sent = await sendNotes(this.#place.event, notes, Date.now());
			if (sent.outcome === 'unreachable' || sent.outcome === 'signed-out') return this.#tryAgain(sent.outcome);

			this.#failures = 0;
			this.isUnreachable = this.isSignedOut = false;
			if (sent.outcome === 'noted') this.receivedAt = sent.at;
			for (const note of notes) {
				const cell = cellOf(note.sessionId, note.personId);
				if (this.waiting[cell]?.notedAt === note.notedAt) delete this.waiting[cell];
				if (sent.outcome === 'noted') await this.#queue.settle(note, { state: 'sent', sentAt: sent.at });
				else {
					this.refused.push(note);
					await this.#queue.settle(note, { state: 'refused' });
				}
			}
		}
	}

	/** Whoever noted has seen what was not taken. */
	async forgetRefused(): Promise<void> {
		for (const note of this.refused) await this.#queue.settle($state.snapshot(note), null);
		this.refused = [];
	}

	#tryAgain(outcome: 'unreachable' | 'signed-out'): void {
		this.isUnreachable = outcome === 'unreachable';
		this.isSignedOut = outcome === 'signed-out';
		const wait = Math.min(longestWait, shortestWait * 2 ** this.#failures++);
		this.#retry = setTimeout(() => void this.flush(), wait);
	}

	stop(): void {
		clearTimeout(this.#retry);
	}
}
