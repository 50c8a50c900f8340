import type { Context } from '../../platform/context.ts';
import { enqueue } from '../../platform/enqueue.ts';
import { listUnfinished } from './queries.ts';

/**
 * Puts the work on unfinished imports into the queue again. A process that was killed keeps its jobs locked for hours; the work
 * itself knows whether somebody is at it or it is done, so queueing it once too often does no harm.
 */
export async function resumeImports(ctx: Context): Promise<void> {
	for (const { id, status } of await listUnfinished(ctx)) {
		const task = status === 'reading' ? 'people.read-roster' : 'people.commit-roster';
		await enqueue(ctx, task, { importId: id }, { key: `${task} ${id}` });
	}
}
