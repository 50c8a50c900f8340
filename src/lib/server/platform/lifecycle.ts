type Closing = () => Promise<unknown> | unknown;

/** The command and the built application are two bundles in one process: what they share hangs on the process. */
const shared = globalThis as typeof globalThis & { [key: symbol]: Closing[] | undefined };
const key = Symbol.for('mingfa.closings');

/** Registers what has to be closed when the process stops: pools, workers, timers. The last one registered closes first. */
export function onShutdown(close: Closing): void {
	(shared[key] ??= []).push(close);
}

/** Closes everything registered, in `patience` milliseconds each at most. One that fails or hangs does not keep the others open. */
export async function shutdown(patience = 10_000): Promise<void> {
	const closings = shared[key]?.splice(0).reverse() ?? [];
	for (const close of closings) {
		let timer: NodeJS.Timeout | undefined;
		const enough = new Promise((resolve) => (timer = setTimeout(resolve, patience)));
		try {
			await Promise.race([close(), enough]);
		} catch (error) {
			process.stderr.write(`While stopping: ${(error as Error).message}\n`);
		} finally {
			clearTimeout(timer);
		}
	}
}
