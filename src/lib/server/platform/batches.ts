import { setImmediate as breathe } from 'node:timers/promises';

/** Cuts a list into pieces that fit into one statement: PostgreSQL takes at most 65,535 parameters. */
export function batchesOf<Row>(rows: readonly Row[], size = 1_000): Row[][] {
	return Array.from({ length: Math.ceil(rows.length / size) }, (_, index) =>
		rows.slice(index * size, (index + 1) * size)
	);
}

/**
 * Prepares and writes rows batch by batch: while the database works on one, the next is being prepared, and others get their
 * turn. What `write` refuses ends the whole.
 */
export async function writeInBatches<Row, Ready>(
	rows: readonly Row[],
	{
		size,
		prepare,
		write
	}: { size: number; prepare: (batch: Row[]) => Ready; write: (ready: Ready) => PromiseLike<unknown> }
): Promise<void> {
	let writing: Promise<unknown> = Promise.resolve();
	for (const batch of batchesOf(rows, size)) {
		const ready = prepare(batch);
		await writing;
		writing = Promise.resolve(write(ready)); // a query runs once for everybody who awaits it
		writing.catch(() => undefined); // met where it is awaited, a batch later
		await breathe();
	}
	await writing;
}
