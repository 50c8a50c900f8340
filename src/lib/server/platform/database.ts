import { connect, type Database, openPool } from '#db/client.ts';
import { openPipeline } from '#db/pipeline.ts';
import { env } from './env.ts';
import { onShutdown } from './lifecycle.ts';
import { log } from './log.ts';

let opened: Database | undefined;
const pipelines = new WeakMap<Database, Database>();

/** The database of this process: a pool and a pipeline, opened with the first question and closed with the process. */
export function database(): Database {
	if (opened) return opened;
	if (!env.DATABASE_URL)
		throw new Error('DATABASE_URL is not set: start with `npm start`, `npm run dev` or the mingfa command.');

	const onLost = (error: Error) => log.warn({ error: error.message }, 'database connection lost');
	const pool = openPool(env.DATABASE_URL, { size: env.MINGFA_POOL_SIZE, onLost });
	const pipeline = openPipeline(env.DATABASE_URL, { onLost });
	onShutdown(() => Promise.all([pool.end(), pipeline.end()]));
	opened = connect(pool);
	pipelines.set(opened, connect(pipeline));
	return opened;
}

/** Where the hot queries of a database go: its pipeline if it has one, else (in a transaction, in tests) itself. */
export const pipelineOf = (db: Database): Database => pipelines.get(db) ?? db;

/** Whether an error says that the database cannot be reached, rather than that a question was wrong. */
export function isConnectionLoss(error: unknown): boolean {
	for (let cause = error; cause instanceof Error; cause = cause.cause) {
		const code = 'code' in cause ? String(cause.code) : '';
		if (/^(ECONNREFUSED|ECONNRESET|ENOENT|EPIPE|ETIMEDOUT|08\w{3}|57P0[123]|53300)$/.test(code)) return true;
		if (
			/Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error/.test(
				cause.message
			)
		)
			return true;
	}
	return false;
}
