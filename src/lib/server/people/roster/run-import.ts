import { setTimeout as wait } from 'node:timers/promises';
import type { Context } from '../../platform/context.ts';
import type { Unit } from '../../units/queries.ts';
import { commitImport } from './commit-import.ts';
import { discardImport } from './discard-import.ts';
import { type Counts, countRows, eachRow, getImport, type RosterImport, type RosterImportRow } from './queries.ts';
import { readImport } from './read-import.ts';
import { requestCommit } from './request-commit.ts';
import { keepImport } from './start-import.ts';

export type Imported = {
	id: string;
	status: RosterImport['status'];
	failure: RosterImport['failure'];
	counts: Counts;
	refused: RosterImportRow[];
};

const pause = 200;

/**
 * Reads, judges and writes a roster file in one go, for a command that waits for it. A server on the same database may take
 * the work over: then this waits for the server.
 * @param dryRun stops after judging, and leaves nothing behind
 */
export async function runImport(
	ctx: Context,
	unit: Unit,
	upload: { fileName: string; file: Buffer },
	{ dryRun = false } = {}
): Promise<Imported> {
	const id = await keepImport(ctx, unit, upload);
	await workUntil(
		() => readImport(ctx, id),
		async () => (await getImport(ctx, id)).status !== 'reading'
	);

	const counts = await countRows(ctx, id);
	const { status } = await getImport(ctx, id);
	if (status === 'previewed' && !dryRun && counts.selected > 0) {
		await requestCommit(ctx, { importId: id, shown: [], chosen: [] });
		await workUntil(
			() => commitImport(ctx, id),
			async () => (await getImport(ctx, id)).status !== 'committing'
		);
	}

	const after = await getImport(ctx, id);
	const refused = [];
	for await (const row of eachRow(ctx, id)) if (row.verdict === 'wrong') refused.push(row);
	const imported = { id, status: after.status, failure: after.failure, counts: await countRows(ctx, id), refused };
	if (dryRun || after.status !== 'committed') await discardImport(ctx, { importId: id });
	return imported;
}

async function workUntil(work: () => Promise<void>, isDone: () => Promise<boolean>): Promise<void> {
	await work();
	while (!(await isDone())) {
		await wait(pause);
		await work();
	}
}
