import type { Database } from '#db/client.ts';
import { isConnectionLoss } from './database.ts';

interface Waiting<Input, Output> {
	input: Input;
	resolve: (output: Output) => void;
	reject: (error: unknown) => void;
}

interface Options<Input, Output> {
	/** Answers many at once, in their order; what it writes is one transaction. */
	askAll: (db: Database, inputs: Input[]) => Promise<Output[]>;
	/** Those with the same key never go together: the later one waits until the one before is back. */
	keyOf?: (input: Input) => string;
	/** Most that go together. */
	most?: number;
	/** How many may be under way: with two the server works on those that come while the database works on those that came. */
	atOnce?: number;
}

/**
 * A short question that many people ask at the same moment, asked once for all of them: while it is under way, those that come
 * are gathered and go together when it is back. Each has its answer only when the database has given it, so that what is
 * acknowledged is kept; a hundred of them cost one write to the disk. Where one of them makes all fail, each is asked by itself.
 */
export function gathered<Input, Output>({ askAll, keyOf, most = 100, atOnce = 1 }: Options<Input, Output>) {
	const queues = new WeakMap<Database, (input: Input) => Promise<Output>>();

	function openQueue(db: Database): (input: Input) => Promise<Output> {
		let waiting: Waiting<Input, Output>[] = [];
		let underWay = 0;
		let isCalled = false;
		const keysUnderWay = new Set<unknown>();

		function work(): void {
			isCalled = false;
			while (underWay < atOnce && waiting.length > 0) {
				const { together, keys, later } = split(waiting);
				if (together.length === 0) return; // each has one of its own key before it
				waiting = later;
				for (const key of keys) keysUnderWay.add(key);
				underWay++;
				void answer(together).finally(() => {
					underWay--;
					for (const key of keys) keysUnderWay.delete(key);
					work();
				});
			}
		}

		function split(all: Waiting<Input, Output>[]) {
			const seen = new Set<unknown>();
			const parts = { together: [] as typeof all, later: [] as typeof all, keys: [] as unknown[] };
			for (const each of all) {
				const key = keyOf ? keyOf(each.input) : each;
				const goes = parts.keys.length < most && !seen.has(key) && !keysUnderWay.has(key);
				seen.add(key);
				if (goes) parts.keys.push(key);
				(goes ? parts.together : parts.later).push(each);
			}
			return parts;
		}

		async function answer(together: Waiting<Input, Output>[]): Promise<void> {
			try {
				const inputs = together.map(({ input }) => input);
				const outputs = await askAll(db, inputs);
				for (const [index, { resolve }] of together.entries()) resolve(outputs[index]!);
			} catch (error) {
				if (together.length > 1 && !isConnectionLoss(error)) for (const each of together) await answer([each]);
				else for (const { reject } of together) reject(error);
			}
		}

		return (input) =>
			new Promise((resolve, reject) => {
				waiting.push({ input, resolve, reject });
				if (isCalled || underWay >= atOnce) return;
				isCalled = true;
				setImmediate(work); // whoever asks in this turn of the event loop comes along
			});
	}

	return (db: Database, input: Input): Promise<Output> => {
		let queue = queues.get(db);
		if (!queue) queues.set(db, (queue = openQueue(db)));
		return queue(input);
	};
}
