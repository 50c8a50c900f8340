import { answerFields, givenAnswer } from '#lib/schemas/given-answer.ts';

type State = 'idle' | 'saved' | 'waiting' | 'refused' | 'signed-out';

const secondsBetweenTries = 3;

/**
 * Saves the answer of one question while its page stays open: only the latest, one request at a time, and again after a
 * lost connection. Says so once the server has it, and not before.
 */
export class AnswerSaver {
	state = $state<State>('idle');
	/** Server's time of the last receipt; null while there is none. */
	at = $state<string | Date | null>(null);

	readonly #url: string;
	readonly #checkId: string;
	#waiting: Record<string, unknown> | undefined;
	#busy = false;
	#timer: ReturnType<typeof setTimeout> | undefined;

	constructor(url: string, checkId: string, at: Date | null) {
		this.#url = url;
		this.#checkId = checkId;
		this.at = at;
	}

	/** Saves what the form says now, or after a pause in typing. */
	save(form: HTMLFormElement, { after = 0 } = {}): void {
		this.#waiting = givenAnswer(answerFields(new FormData(form)));
		this.#sendIn(after);
	}

	/** Nothing more is sent: the form itself has taken the answer along. */
	stop(): void {
		clearTimeout(this.#timer);
		this.#waiting = undefined;
	}

	#sendIn(milliseconds: number): void {
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => void this.#send(), milliseconds);
	}

	async #send(): Promise<void> {
		const answer = this.#waiting;
		if (!answer || this.#busy) return;

		this.#busy = true;
		this.#waiting = undefined;
		try {
			const body = JSON.stringify({ checkId: this.#checkId, answer });
			const response = await fetch(this.#url, { method: 'PUT', headers: { 'content-type': 'application/json' }, body });
			if (response.ok) this.#keep((await response.json()) as { at: string | null });
			else if (response.status >= 500 || response.status === 429) this.#tryAgain(answer);
			else this.state = response.status === 401 ? 'signed-out' : 'refused';
		} catch {
			this.#tryAgain(answer);
		} finally {
			this.#busy = false;
			if (this.#waiting && this.state !== 'waiting') this.#sendIn(0);
		}
	}

	#keep({ at }: { at: string | null }): void {
		this.at = at;
		this.state = at ? 'saved' : 'idle';
	}

	#tryAgain(answer: Record<string, unknown>): void {
		this.#waiting ??= answer; // something newer may have been typed meanwhile
		this.state = 'waiting';
		this.#sendIn(secondsBetweenTries * 1000);
	}
}
