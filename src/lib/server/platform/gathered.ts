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
	/** Those with the same key never go together: the later one waits for the next turn. */
	keyOf?: (input: Input) => string;
	/** Most that go together. */
	most?: number;
}

/**
 * A short question that many people ask at the same moment, asked once for all of them: while one is under way, those that come
 * are gathered and go together when it is back. Each has its answer only when the database has given it, so that what is
 * acknowledged is kept; a hundred of them cost one write to the disk. Where one of them makes all fail, each is asked by itself.
 */
export function gathered<Input, Output>({ askAll, keyOf, most = 100 }: Options<Input, Output>) {
	const queues = new WeakMap<Database, (input: Input) => Promise<Output>>();

	function openQueue(db: Database): (input: Input) => Promise<Output> {
		let waiting: Waiting<Input, Output>[] = [];
		let busy = false;

		async function work(): Promise<void> {
			while (waiting.length > 0) {
				const { together, later } = split(waiting);
				waiting = later;
				await answer(together);
			}
			busy = false;
		}

		function split(all: Waiting<Input, Output>[]) {
			const keys = new Set<unknown>();
			const parts = { together: [] as typeof all, later: [] as typeof all };
			for (const each of all) {
				const key = keyOf ? keyOf(each.input) : each;
				const goes = keys.size < most && !keys.has(key);
				keys.add(key);
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
				if (busy) return;
				busy = true;
				setImmediate(work); // whoever asks in this turn of the event loop comes along
			});
	}

	return (db: Database, input: Input): Promise<Output> => {
		let queue = queues.get(db);
		if (!queue) queues.set(db, (queue = openQueue(db)));
		return queue(input);
	};
}
