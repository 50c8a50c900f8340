import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';

/** A connection pool or a transaction on it: what every query runs on. */
export type Database = NodePgDatabase;

/** Milliseconds: longer than a rush lasts, shorter than what proxies wait for. A database that is away says so at once. */
const patience = 20_000;

/** Opens a pool on a PostgreSQL address. A lost idle connection is reported to `onLost`, never thrown. */
export function openPool(
	url: string,
	{ size = 10, onLost }: { size?: number; onLost?: (error: Error) => void } = {}
): pg.Pool {
	const pool = new pg.Pool({
		...connectionOf(url),
		max: size,
		connectionTimeoutMillis: patience,
		allowExitOnIdle: true
	});
	pool.on('error', (error) => onLost?.(error));
	pool.on('connect', (client) => client.on('error', () => undefined)); // a client in use reports through its query
	return pool;
}

/** Where a prepared query can be put, besides pools and clients. */
export interface Queryable {
	query(config: pg.QueryConfig, values: unknown[]): Promise<pg.QueryResult>;
}

/** The query builder on a pool, on one client or on a pipeline. */
export function connect(client: pg.Pool | pg.Client | pg.PoolClient | Queryable): Database {
	return drizzle(client as pg.Pool);
}

/** `postgres://user@localhost/name?host=/socket/folder` names a unix socket, which pg takes apart only as an object. */
export function connectionOf(url: string): pg.ClientConfig {
	const { hostname, pathname, username, searchParams } = new URL(url);
	const folder = searchParams.get('host');

	if (!folder) return { connectionString: url };
	return {
		host: folder,
		user: decodeURIComponent(username || hostname),
		database: decodeURIComponent(pathname.slice(1))
	};
}
