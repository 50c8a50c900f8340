import { setTimeout as wait } from 'node:timers/promises';

type Closing = () => Promise<unknown> | unknown;

/** The command and the built application are two bundles in one process: what they share hangs on the process. */
const shared = globalThis as typeof globalThis & { [key: symbol]: Closing[] | undefined };
const patience = 10_000;
const key = Symbol.for('mingfa.closings');

/** Registers what has to be closed when the process stops: pools, workers, timers. The last one registered closes first. */
export function onShutdown(close: Closing): void {
	(shared[key] ??= []).push(close);
}

/** Closes everything registered, in ten seconds each at most. One that fails does not keep the others open. */
export async function shutdown(): Promise<void> {
	const closings = shared[key]?.splice(0).reverse() ?? [];
	for (const close of closings) {
		try {
			await Promise.race([close(), wait(patience, undefined, { ref: false })]);
		} catch (error) {
			process.stderr.write(`While stopping: ${(error as Error).message}\n`);
		}
	}
}
