import { connect, type Database, openPool } from '#db/client.ts';
import { env } from './env.ts';
import { onShutdown } from './lifecycle.ts';
import { log } from './log.ts';

let opened: Database | undefined;

/** The database of this process: one pool, opened with the first question and closed with the process. */
export function database(): Database {
	if (opened) return opened;
	if (!env.DATABASE_URL)
		throw new Error('DATABASE_URL is not set: start with `npm start`, `npm run dev` or the mingfa command.');

	const pool = openPool(env.DATABASE_URL, {
		size: env.MINGFA_POOL_SIZE,
		onLost: (error) => log.warn({ error: error.message }, 'database connection lost')
	});
	onShutdown(() => pool.end());
	return (opened = connect(pool));
}

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
