/* eslint svelte/prefer-svelte-reactivity: off -- instants are replaced, never changed in place */
interface Asked {
	now: string;
	deadlineAt: string;
	isOpen: boolean;
	isWriter: boolean;
	pausedAt: string | null;
}

const secondsBetweenLooks = 30;
const minutesToSay = [10, 5, 1];

interface Start {
	url: string;
	/** Under which this tab keeps how far its device's clock is off. */
	key: string;
	now: Date;
	deadlineAt: Date;
	/** The attempt is not open any more, or another page writes. */
	onchange: (asked: { isOpen: boolean; isWriter: boolean }) => void;
	/** The time is over. */
	onzero: () => void;
}

/**
 * The time that is left, by the server's clock. It looks there every half minute; between looks it counts on by itself, so
 * that neither a wrong clock of the device nor a lost connection changes anything.
 */
export class ExamClock {
	/** Whole seconds left. */
	left = $state(0);
	deadlineAt = $state<Date>(new Date(0));
	/** Said once when it comes to be so many minutes. */
	minutesSaid = $state<number | null>(null);

	readonly #start: Start;
	/** Server's clock minus this device's time since the page began. */
	#offset: number;
	#timers: ReturnType<typeof setInterval>[] = [];
	#isZero = false;

	constructor(start: Start) {
		this.#start = start;
		this.deadlineAt = new Date(start.deadlineAt);
		this.#offset = new Date(start.now).getTime() - performance.now();
		this.left = this.#secondsLeft();
	}

	begin(): void {
		void this.look().then((found) => {
			// A page that comes from the device and not from the server was made some time ago.
			const off = sessionStorage.getItem(this.#start.key);
			if (!found && off !== null) this.#offset = Date.now() + Number(off) - performance.now();
		});
		this.#timers = [
			setInterval(() => this.#tick(), 250),
			setInterval(() => void this.look(), secondsBetweenLooks * 1_000)
		];
	}

	end(): void {
		for (const timer of this.#timers) clearInterval(timer);
	}

	/** Asks the server. @returns whether it could be asked */
	async look(): Promise<boolean> {
		const sent = performance.now();
		try {
			const response = await fetch(this.#start.url, { headers: { accept: 'application/json' } });
			if (!response.ok) return false;
			const { now, deadlineAt, isOpen, isWriter } = (await response.json()) as Asked;
			const received = performance.now();
			this.#offset = new Date(now).getTime() - (sent + received) / 2;
			sessionStorage.setItem(this.#start.key, String(this.#now() - Date.now()));
			if (deadlineAt) this.deadlineAt = new Date(deadlineAt);
			if (!isOpen || !isWriter) this.#start.onchange({ isOpen, isWriter });
			return true;
		} catch {
			return false;
		}
	}

	#now = () => performance.now() + this.#offset;
	#secondsLeft = () => Math.max(0, Math.ceil((this.deadlineAt.getTime() - this.#now()) / 1_000));

	#tick(): void {
		const before = this.left;
		this.left = this.#secondsLeft();
		const said = minutesToSay.find((minutes) => before > minutes * 60 && this.left <= minutes * 60);
		if (said && this.left > 0) this.minutesSaid = said;
		if (this.left > 0) this.#isZero = false;
		else if (!this.#isZero) {
			this.#isZero = true;
			this.#start.onzero();
		}
	}
}
