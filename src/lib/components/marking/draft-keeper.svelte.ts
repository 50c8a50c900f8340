import { deserialize } from '$app/forms';

/** Milliseconds from the last change until it is sent, and until the next try where it could not be. */
const [pause, again] = [1_500, 10_000];

/**
 * Keeps what a marker has typed as a draft: shortly after each change, and at once when the page is left. What the server refuses
 * (more points than a line can give) is told and kept with the next change; without a connection it is tried again.
 */
export class DraftKeeper {
	state = $state<'still' | 'changed' | 'saved' | 'refused' | 'unreachable'>('still');
	/** By the server's clock. */
	savedAt = $state<Date>();
	#timer: ReturnType<typeof setTimeout> | undefined;
	#form: () => HTMLFormElement | undefined;

	constructor(form: () => HTMLFormElement | undefined) {
		this.#form = form;
	}

	/** Something was typed. */
	changed(): void {
		this.state = 'changed';
		this.#later(pause);
	}

	/** The form itself is being sent: there is nothing left to keep. */
	stop(): void {
		clearTimeout(this.#timer);
		this.state = 'still';
	}

	/** Sends what has not been kept yet. */
	async keep(): Promise<void> {
		clearTimeout(this.#timer);
		const form = this.#form();
		if (!form || (this.state !== 'changed' && this.state !== 'unreachable')) return;
		this.state = 'still';
		const { outcome, at } = await send(new FormData(form));
		if (this.state !== 'still') return; // typed on meanwhile: another one is on its way
		this.state = outcome;
		if (at) this.savedAt = at;
		if (outcome === 'unreachable') this.#later(again);
	}

	#later(milliseconds: number): void {
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => this.keep(), milliseconds);
	}
}

type Sent = { outcome: 'saved' | 'refused' | 'unreachable'; at?: Date | undefined };

/** Never throws; goes on when the page is left. */
async function send(body: FormData): Promise<Sent> {
	try {
		const headers = { accept: 'application/json', 'x-sveltekit-action': 'true' };
		const reply = await fetch('?/draft', { method: 'POST', body, headers, keepalive: true });
		if (reply.status >= 500) return { outcome: 'unreachable' };
		const answer = deserialize<{ result: Date }, undefined>(await reply.text());
		return answer.type === 'success' ? { outcome: 'saved', at: answer.data?.result } : { outcome: 'refused' };
	} catch {
		return { outcome: 'unreachable' };
	}
}
