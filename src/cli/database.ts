import path from 'node:path';
import pg from 'pg';
import { connect, connectionOf, openPool } from '#db/client.ts';
import { createDatabase, startEmbedded } from '#db/embedded.ts';
import { platformActor, type Context } from '#lib/server/platform/context.ts';
import { env } from '#lib/server/platform/env.ts';
import { log } from '#lib/server/platform/log.ts';

/** The database that a command works on. */
export interface OpenDatabase {
	url: string;
	/** Whether it is the private one in the data folder. */
	isEmbedded: boolean;
	/** Lets go of it. A server that we started stops with its last user. Close your pools first. */
	close(): Promise<void>;
}

/** Yours, where DATABASE_URL names one, else the private one. @throws a sentence where it cannot be reached or is too old */
export async function openDatabase(): Promise<OpenDatabase> {
	if (env.DATABASE_URL) {
		await requireVersion(env.DATABASE_URL);
		return { url: env.DATABASE_URL, isEmbedded: false, close: async () => {} };
	}

	const server = await startEmbedded({
		folder: path.join(env.MINGFA_DATA, 'postgres'),
		rootFolder: env.MINGFA_ROOT_DATA,
		onLost: () => log.error('The embedded PostgreSQL has stopped; starting it again')
	});
	return {
		url: await createDatabase(server, 'mingfa'),
		isEmbedded: true,
		close: async () => void (await server.release())
	};
}

/** Runs a command's work on the database, acting as the platform. */
export async function withDatabase<Result>(act: (ctx: Context, url: string) => Promise<Result>): Promise<Result> {
	const database = await openDatabase();
	const pool = openPool(database.url, { size: env.MINGFA_POOL_SIZE });
	try {
		return await act({ db: connect(pool), actor: platformActor, now: new Date() }, database.url);
	} finally {
		await pool.end();
		await database.close();
	}
}

async function requireVersion(url: string): Promise<void> {
	const client = new pg.Client({ ...connectionOf(url), connectionTimeoutMillis: 10_000 });
	client.on('error', () => {});
	try {
		await client.connect();
		const { rows } = await client.query<{ server_version_num: string }>('show server_version_num');
		const major = Math.floor(Number(rows[0]?.server_version_num) / 10_000);
		if (major < 15) throw new Error(`it is PostgreSQL ${major}, and Mingfa needs 15 or later`);
	} catch (error) {
		const { message, code } = error as Error & { code?: string };
		throw new Error(`The database that DATABASE_URL names cannot be used: ${message || code}.`, { cause: error });
	} finally {
		await client.end().catch(() => {});
	}
}
