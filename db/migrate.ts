import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { drizzle } from 'drizzle-orm/node-postgres';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { migrate as applyMigrations } from 'drizzle-orm/node-postgres/migrator';
import { runMigrations as migrateQueue } from 'graphile-worker';
import pg from 'pg';
import { connectionOf, openPool } from './client.ts';

const migrationsFolder = path.join(import.meta.dirname, 'migrations');
const viewsFolder = path.join(import.meta.dirname, 'views');
const migrationLock = 7_202_611;

/** Brings a database up to date: migrations, views and the job queue. Several starters take turns behind an advisory lock. */
export async function migrate(url: string): Promise<void> {
	const client = new pg.Client(connectionOf(url));
	await client.connect();

	try {
		await client.query('select pg_advisory_lock($1)', [migrationLock]);
		await applyMigrations(drizzle(client), { migrationsFolder });
		await replaceViews(client);
		await withPool(url, (pgPool) => migrateQueue({ pgPool }));
	} finally {
		await client.end();
	}
}

/** Whether the newest migration that these files hold has been applied. */
export async function isCurrent(query: (sql: string) => Promise<{ rows: { created_at: string }[] }>): Promise<boolean> {
	const newest = readMigrationFiles({ migrationsFolder }).at(-1);
	const { rows } = await query('select created_at from drizzle.__drizzle_migrations order by created_at desc limit 1');
	return Number(rows[0]?.created_at) === newest?.folderMillis;
}

/** Views hold no data, so they are made anew from their files on every migration, in the order of their names. */
async function replaceViews(client: pg.Client): Promise<void> {
	const files = (await readdir(viewsFolder)).filter((file) => file.endsWith('.sql')).sort();

	await client.query('begin');
	for (const file of files.toReversed())
		await client.query(`drop view if exists ${pg.escapeIdentifier(nameOf(file))} cascade`);
	for (const file of files) await client.query(await readFile(path.join(viewsFolder, file), 'utf8'));
	await client.query('commit');
}

/** `10-obligation-states.sql` defines the view obligation_states. */
function nameOf(file: string): string {
	return file
		.replace(/^\d+-/, '')
		.replace(/\.sql$/, '')
		.replaceAll('-', '_');
}

async function withPool<Result>(url: string, act: (pool: pg.Pool) => Promise<Result>): Promise<Result> {
	const pool = openPool(url, { size: 2 });
	try {
		return await act(pool);
	} finally {
		await pool.end();
	}
}
