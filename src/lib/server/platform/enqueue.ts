import { sql } from 'drizzle-orm';
import type { Context } from './context.ts';

/**
 * Puts a job into the queue as part of the caller's transaction. Jobs with the same `key` that have not begun are one job.
 * @param runAt when to run it; at once by default
 */
export async function enqueue(
	{ db }: Context,
	task: string,
	payload: Record<string, unknown> = {},
	{ key, runAt }: { key?: string; runAt?: Date } = {}
): Promise<void> {
	await db.execute(
		sql`select graphile_worker.add_job(${task}, payload => ${JSON.stringify(payload)}::json, run_at => ${runAt ?? null}::timestamptz, job_key => ${key ?? null}::text)`
	);
}

/** Queues one job for each id, all in one statement; jobs of the same task and id that have not begun are one job. @param field under which the job finds its id */
export async function enqueueEach({ db }: Context, task: string, field: string, ids: readonly string[]): Promise<void> {
	if (ids.length === 0) return;
	await db.execute(sql`
		select graphile_worker.add_job(${task}, payload => json_build_object(${field}::text, id), job_key => ${task} || ' ' || id)
		from unnest(${sql.param(ids)}::uuid[]) as queued (id)`);
}
