import { setTimeout as wait } from 'node:timers/promises';
import type { GivenAnswer } from '#lib/schemas/answers.ts';
import { type AskedSlot, pick, type Random, randomAnswer } from './random-answer.ts';

export interface Seat {
	address: string;
	exam: string;
	attempt: string;
	/** Cookie of the session. */
	session: string;
	slots: AskedSlot[];
	random: Random;
	/** Told after each question, for whoever pulls plugs. */
	onanswered: () => void;
}

/** What a candidate knows of one question: everything that was sent, and the highest revision that was acknowledged. */
export interface Known {
	sent: Map<number, GivenAnswer>;
	/** Sent by a page that had been taken over from: must never count. */
	forbidden: Set<number>;
	acknowledged: number;
}

/** Somebody who answers through whatever happens: sends until there is a receipt, twice, late, in the wrong order, from two tabs. */
export class VirtualCandidate {
	readonly known = new Map<number, Known>();
	readonly surprises: string[] = [];
	requests = 0;
	handedIn = false;
	readonly #seat: Seat;
	#writer = '';

	constructor(seat: Seat) {
		this.#seat = seat;
		for (const { slot } of seat.slots) this.known.set(slot, { sent: new Map(), forbidden: new Set(), acknowledged: 0 });
	}

	async sit({ handsIn }: { handsIn: boolean }): Promise<void> {
		const { random, slots } = this.#seat;
		// Where the first answer was lost, the paper is open under a name that nobody has told us.
		const tries = await this.#form('?/start', {});
		if (tries > 1) await this.#form('/sit?/take-over', { attemptId: this.#seat.attempt });
		const turning = random() < 0.3 ? Math.floor(random() * slots.length) : -1;
		const order = slots.toSorted(() => random() - 0.5);
		for (const [turn, slot] of order.entries()) {
			if (turn === turning) await this.#openSecondTab(slot);
			const changes = 1 + Math.floor(random() * 3);
			for (let change = 0; change < changes; change++) await this.#answer(slot, change === changes - 1);
			this.#seat.onanswered();
		}
		if (!handsIn) return;
		await this.#form('/sit?/submit', { attemptId: this.#seat.attempt });
		this.handedIn = true;
		await this.#afterwards(order[0]!);
	}

	/** One change. The last one of a question is sent until there is a receipt; those before may be overtaken. */
	async #answer(slot: AskedSlot, isLast: boolean): Promise<void> {
		const { random } = this.#seat;
		const known = this.known.get(slot.slot)!;
		const revision = known.sent.size + known.forbidden.size + 1;
		const answer = randomAnswer(random, slot);
		known.sent.set(revision, answer);

		const mischief = random();
		if (mischief < 0.15) await this.#send(slot.slot, revision, answer, { cutAfter: random() * 12 });
		if (!isLast && mischief > 0.9) return; // overtaken: never heard of again, or only later
		const sends = [this.#deliver(slot.slot, revision, answer)];
		if (mischief > 0.7) sends.push(this.#deliver(slot.slot, revision, answer));
		const earlier = pick(random, [...known.sent.keys()]);
		if (mischief > 0.5 && earlier < revision) sends.push(this.#deliver(slot.slot, earlier, known.sent.get(earlier)!));
		await Promise.all(sends);
	}

	async #deliver(slot: number, revision: number, answer: GivenAnswer): Promise<void> {
		const known = this.known.get(slot)!;
		for (;;) {
			const reply = await this.#send(slot, revision, answer);
			if (reply?.status === 200) {
				const receipt = (await reply.json()) as { revision: number };
				if (receipt.revision < revision) this.surprises.push(`slot ${slot}: a receipt for less than was sent`);
				known.acknowledged = Math.max(known.acknowledged, revision);
				return;
			}
			if (reply && reply.status < 500) {
				this.surprises.push(`slot ${slot}, revision ${revision}: ${reply.status} ${await reply.text()}`);
				return;
			}
			await wait(40 + this.#seat.random() * 160);
		}
	}

	/** Another tab takes over; what the first one still sends is refused for good. */
	async #openSecondTab(slot: AskedSlot): Promise<void> {
		const before = this.#writer;
		await this.#form('/sit?/take-over', { attemptId: this.#seat.attempt });
		const known = this.known.get(slot.slot)!;
		const revision = known.sent.size + known.forbidden.size + 1;
		known.forbidden.add(revision);
		const answer = randomAnswer(this.#seat.random, slot);
		for (;;) {
			const reply = await this.#send(slot.slot, revision, answer, { writer: before });
			if (reply?.status === 409) return;
			if (reply && reply.status < 500) return void this.surprises.push(`a superseded page was given ${reply.status}`);
			await wait(100);
		}
	}

	/** Handed in again, and an answer after the end: harmless. */
	async #afterwards(slot: AskedSlot): Promise<void> {
		const { attempt, random } = this.#seat;
		await this.#form('/sit?/submit', { attemptId: attempt });
		const known = this.known.get(slot.slot)!;
		const revision = known.sent.size + known.forbidden.size + 1;
		known.forbidden.add(revision);
		for (;;) {
			const reply = await this.#send(slot.slot, revision, randomAnswer(random, slot));
			if (reply?.status === 202) return;
			if (reply && reply.status < 500)
				return void this.surprises.push(`after the end an answer was given ${reply.status}`);
			await wait(100);
		}
	}

	/** Posts a form until it is answered; keeps the name of the page that writes. @returns how many tries it took */
	async #form(path: string, fields: Record<string, string>): Promise<number> {
		const { address, exam } = this.#seat;
		for (let tries = 1; ; tries++) {
			const reply = await this.#request(`${address}/exams/${exam}${path}`, {
				method: 'POST',
				redirect: 'manual',
				headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' },
				body: new URLSearchParams(fields).toString()
			});
			await reply?.arrayBuffer().catch(() => undefined);
			const writer = reply?.headers.getSetCookie().flatMap((cookie) => /^sitting=([^;]+)/.exec(cookie)?.[1] ?? [])[0];
			if (reply?.status === 303) {
				if (writer) this.#writer = writer;
				return tries;
			}
			if (reply && reply.status < 500) {
				this.surprises.push(`${path} was given ${reply.status}`);
				return tries;
			}
			// Without an answer nobody knows whether it was done: the browser would have the new name or the old one.
			await wait(50 + this.#seat.random() * 200);
		}
	}

	#send(
		slot: number,
		revision: number,
		response: GivenAnswer,
		{ writer = this.#writer, cutAfter }: { writer?: string; cutAfter?: number } = {}
	): Promise<Response | undefined> {
		const { address, exam, attempt } = this.#seat;
		return this.#request(`${address}/exams/${exam}/answers/${slot}`, {
			method: 'PUT',
			headers: { 'content-type': 'application/json', accept: 'application/json' },
			body: JSON.stringify({ attempt, revision, writer, response }),
			signal: cutAfter === undefined ? undefined : AbortSignal.timeout(Math.max(1, Math.round(cutAfter)))
		} as RequestInit);
	}

	/** No reply: the connection was cut or the server was not there. */
	async #request(url: string, init: RequestInit): Promise<Response | undefined> {
		this.requests++;
		const cookie = [this.#seat.session, this.#writer && `sitting=${this.#writer}`].filter(Boolean).join('; ');
		const headers = { ...(init.headers as Record<string, string>), cookie, origin: this.#seat.address };
		return fetch(url, { ...init, headers }).catch(() => undefined);
	}
}
