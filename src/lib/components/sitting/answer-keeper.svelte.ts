/* eslint svelte/prefer-svelte-reactivity: off -- what waits is no part of what is shown; `slots` is */
import type { GivenAnswer } from '#lib/schemas/answers.ts';
import type { SittingSlot } from '#lib/server/exams/sitting/read-sitting.ts';
import { AnswerQueue, type QueuedAnswer } from './answer-queue.ts';
import { type Sent, sendAnswer } from './send-answer.ts';

/** How one question stands on this page. */
export interface Kept {
	answer: GivenAnswer | null;
	flagged: boolean;
	revision: number;
	/** Server's time of the last receipt; null while there is none. */
	at: string | Date | null;
	/** waiting: changed here, without a receipt yet. late and refused: the server does not count it. */
	state: 'kept' | 'waiting' | 'late' | 'refused';
	/** While it waits: whether it is written to this device, and outlives the page. */
	isOnDevice: boolean;
}

interface Place {
	exam: string;
	attempt: string;
	person: string;
	writer: string;
}

/** What a reloaded page shows where the server cannot be asked: the receipts of this tab, gone with the tab. */
type Remembered = Record<number, Pick<Kept, 'answer' | 'flagged' | 'revision' | 'at'>>;

const shortestWait = 1_000;
const longestWait = 30_000;

export const memoryOf = (attempt: string) => `sitting:${attempt}`;

/**
 * Keeps the answers of one open paper: each change goes into the queue on this device at once and to the server as soon as it
 * can, one after the other in their order, again and again until there is a receipt.
 */
export class AnswerKeeper {
	slots = $state<Record<number, Kept>>({});
	/** Whether the last try found nobody. */
	isUnreachable = $state(false);
	/** When the next try is made, by this device's clock; null while none is due. */
	nextTryAt = $state<number | null>(null);
	isSignedOut = $state(false);
	isSuperseded = $state(false);
	/** Whether waiting answers outlive the page. */
	survives = $state(true);

	readonly #place: Place;
	readonly #queue: AnswerQueue;
	readonly #waiting = new Map<number, QueuedAnswer>();
	readonly #timers = new Map<number, { timer: ReturnType<typeof setTimeout>; by: number }>();
	#sending: Promise<void> | undefined;
	#failures = 0;
	#retry: ReturnType<typeof setTimeout> | undefined;

	constructor(place: Place, slots: SittingSlot[]) {
		this.#place = place;
		this.#queue = new AnswerQueue(place.person);
		for (const { slot, question, flagged, revision, savedAt } of slots)
			this.slots[slot] = {
				answer: question.answer as GivenAnswer | null,
				flagged,
				revision,
				at: savedAt,
				state: 'kept',
				isOnDevice: false
			};
	}

	get waiting(): number {
		return Object.values(this.slots).filter(({ state }) => state === 'waiting').length;
	}

	/** Whether an answer would be lost with this page. */
	get isAtRisk(): boolean {
		return Object.values(this.slots).some(({ state, isOnDevice }) => state === 'waiting' && !isOnDevice);
	}

	/**
	 * Brings back what this device knows beyond what the page was served with. Answers of other attempts of the same person,
	 * or of a page before this one, are sent as they are: the server keeps them apart.
	 * @returns the questions whose answer is another than the page shows
	 */
	async restore(): Promise<number[]> {
		const { attempt, writer } = this.#place;
		this.survives = await this.#queue.survives();
		await this.#queue.forgetOthers();
		const restored: number[] = [];

		const remembered = JSON.parse(sessionStorage.getItem(memoryOf(attempt)) ?? '{}') as Remembered;
		for (const [slot, known] of Object.entries(remembered)) {
			const kept = this.slots[Number(slot)];
			if (!kept || kept.state === 'waiting' || known.revision <= kept.revision) continue;
			Object.assign(kept, known);
			restored.push(Number(slot));
		}
		for (const queued of await this.#queue.list()) {
			const kept = this.slots[queued.slot];
			const isOwn = queued.attempt === attempt && queued.writer === writer;
			if (isOwn && kept && kept.state !== 'waiting' && queued.revision > kept.revision) {
				const { response: answer, flagged, revision } = queued;
				Object.assign(kept, { answer, flagged, revision, state: 'waiting', isOnDevice: true });
				this.#waiting.set(queued.slot, queued);
				restored.push(queued.slot);
			} else if (isOwn) await this.#queue.remove(queued);
			else void this.#sendLeftover(queued);
		}
		if (this.#waiting.size > 0) void this.flush();
		return restored;
	}

	async #sendLeftover(queued: QueuedAnswer): Promise<void> {
		const { outcome } = await sendAnswer(queued);
		if (outcome !== 'unreachable' && outcome !== 'signed-out') await this.#queue.remove(queued);
	}

	/** Takes a change in; it is sent after a pause in typing, and in any case before the typing gets long. */
	change(
		slot: number,
		answer: GivenAnswer | null,
		flagged: boolean,
		timing: { after: number; atMost: number } = { after: 0, atMost: 0 }
	): void {
		const kept = this.slots[slot];
		if (!kept || this.isSuperseded) return;
		Object.assign(kept, { answer, flagged, revision: kept.revision + 1, state: 'waiting', isOnDevice: false });
		const { revision } = kept;
		const queued: QueuedAnswer = { ...this.#place, slot, at: Date.now(), revision, response: answer, flagged };
		this.#waiting.delete(slot); // what was changed last is sent last
		this.#waiting.set(slot, queued);
		void this.#write(queued);

		const held = this.#timers.get(slot);
		clearTimeout(held?.timer);
		const by = held?.by ?? Date.now() + timing.atMost;
		const wait = Math.max(0, Math.min(timing.after, by - Date.now()));
		this.#timers.set(slot, { timer: setTimeout(() => void this.flush(), wait), by });
	}

	async #write(queued: QueuedAnswer): Promise<void> {
		const isWritten = await this.#queue.put(queued);
		const kept = this.slots[queued.slot]!;
		if (kept.revision === queued.revision) kept.isOnDevice = isWritten;
		this.survives &&= isWritten;
	}

	/** Sends a change that waits for a pause in typing now. */
	hurry(slot: number): void {
		if (this.#timers.has(slot)) void this.flush();
	}

	/** Sends what waits. Resolves when everything has been sent or a try has failed. */
	flush(): Promise<void> {
		this.#sending ??= this.#send().finally(() => (this.#sending = undefined));
		return this.#sending;
	}

	async #send(): Promise<void> {
		clearTimeout(this.#retry);
		this.nextTryAt = null;
		for (;;) {
			const [next] = this.#waiting.values();
			if (!next || this.isSuperseded) return;
			clearTimeout(this.#timers.get(next.slot)?.timer);
			this.#timers.delete(next.slot);

			const sent = await sendAnswer(next);
			if (sent.outcome === 'unreachable' || sent.outcome === 'signed-out') return this.#tryAgain(sent.outcome);
			this.#failures = 0;
			this.isUnreachable = this.isSignedOut = false;
			await this.#settle(next, sent);
		}
	}

	async #settle(sent: QueuedAnswer, result: Sent): Promise<void> {
		const kept = this.slots[sent.slot]!;
		if (result.outcome === 'superseded') this.isSuperseded = true;
		const isLatest = this.#waiting.get(sent.slot) === sent;

		// The server knows a later change that this page does not: what was typed here last goes on top of it.
		if (result.outcome === 'saved' && isLatest && result.revision > sent.revision) {
			kept.revision = result.revision;
			return this.change(sent.slot, sent.response, sent.flagged);
		}
		if (isLatest) this.#waiting.delete(sent.slot);
		await this.#queue.remove(sent);
		if (result.outcome === 'saved') {
			kept.at = result.at;
			if (isLatest) kept.state = 'kept';
			this.#remember();
		} else if (isLatest) kept.state = result.outcome === 'refused' ? 'refused' : 'late';
	}

	#tryAgain(outcome: 'unreachable' | 'signed-out'): void {
		this.isUnreachable = outcome === 'unreachable';
		this.isSignedOut = outcome === 'signed-out';
		const wait = Math.min(longestWait, shortestWait * 2 ** this.#failures++);
		const scattered = wait * (0.75 + Math.random() / 2); // a whole building comes back at the same moment
		this.nextTryAt = Date.now() + scattered;
		this.#retry = setTimeout(() => void this.flush(), scattered);
	}

	#remember(): void {
		const remembered: Remembered = {};
		for (const [slot, { answer, flagged, revision, at, state }] of Object.entries(this.slots))
			if (state === 'kept') remembered[Number(slot)] = { answer: $state.snapshot(answer), flagged, revision, at };
		try {
			sessionStorage.setItem(memoryOf(this.#place.attempt), JSON.stringify(remembered));
		} catch {
			// Full: the server has it all the same.
		}
	}

	/** Nothing more is sent: another page goes on, or the paper has been handed in. */
	stop({ superseded = false } = {}): void {
		this.isSuperseded ||= superseded;
		clearTimeout(this.#retry);
		for (const { timer } of this.#timers.values()) clearTimeout(timer);
	}
}
