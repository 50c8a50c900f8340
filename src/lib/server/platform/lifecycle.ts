type Closing = () => Promise<unknown> | unknown;

/** The command and the built application are two bundles in one process: what they share hangs on the process. */
const shared = globalThis as typeof globalThis & { [key: symbol]: Closing[] | undefined };
const key = Symbol.for('mingfa.closings');

/** Registers what has to be closed when the process stops: pools, workers, timers. The last one registered closes first. */
export function onShutdown(close: Closing): void {
	(shared[key] ??= []).push(close);
}

/** Closes everything registered. One that fails does not keep the others open. */
export async function shutdown(): Promise<void> {
	const closings = shared[key]?.splice(0).reverse() ?? [];
	for (const close of closings) {
		try {
			await close();
		} catch (error) {
			process.stderr.write(`While stopping: ${(error as Error).message}\n`);
		}
	}
}
