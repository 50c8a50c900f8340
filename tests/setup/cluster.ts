import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { connectionOf } from '#db/client.ts';
import { startEmbedded, type EmbeddedPostgres } from '#db/embedded.ts';
import { migrate } from '#db/migrate.ts';

const root = path.resolve(import.meta.dirname, '../..');
const templateLock = 727_000_002;
const templatesKept = 20;

/** The server that every test of this user shares. It forgets on power loss, which makes it quick. */
export function startTestCluster(): Promise<EmbeddedPostgres> {
	const folder = path.join(os.tmpdir(), `mingfa-test-${process.getuid?.() ?? 0}`);
	const settings = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=300'];
	return startEmbedded({ folder, rootFolder: folder, settings });
}

/** Name of a migrated database to clone: made once for each content of the migrations and views. */
export async function prepareTemplate(server: EmbeddedPostgres): Promise<string> {
	const name = `template_${await fingerprint('db/migrations', 'db/views')}`;

	await administer(server.urlFor('postgres'), async (client) => {
		await client.query('select pg_advisory_lock($1)', [templateLock]);
		if ((await databasesNamed(client, `^${name}$`)).length > 0) return;

		await client.query(`drop database if exists ${name}_making with (force)`);
		await client.query(`create database ${name}_making`);
		await migrate(server.urlFor(`${name}_making`));
		await client.query(`alter database ${name}_making rename to ${name}`);
	});
	return name;
}

/** Drops the databases of runs that are over, and all templates but the newest. */
export async function dropLeftovers(server: EmbeddedPostgres, keep: string): Promise<void> {
	await administer(server.urlFor('postgres'), async (client) => {
		await client.query('select pg_advisory_lock($1)', [templateLock]);
		for (const name of await databasesNamed(client, '^run_')) {
			if (!isRunning(Number(name.split('_')[1]))) await drop(client, name);
		}
		const templates = (await databasesNamed(client, '^template_')).filter((name) => name !== keep);
		for (const name of templates.slice(0, -templatesKept)) await drop(client, name);
	});
}

/** Drops what one run has made. */
export async function dropRun(server: EmbeddedPostgres, run: string): Promise<void> {
	await administer(server.urlFor('postgres'), async (client) => {
		for (const name of await databasesNamed(client, `^${run}_`)) await drop(client, name);
	});
}

/** One connection for one act of administration. */
export async function administer<Result>(url: string, act: (client: pg.Client) => Promise<Result>): Promise<Result> {
	const client = new pg.Client(connectionOf(url));
	client.on('error', () => {});
	await client.connect();
	try {
		return await act(client);
	} finally {
		await client.end();
	}
}

/** Databases whose name matches the regular expression, oldest first. */
async function databasesNamed(client: pg.Client, pattern: string): Promise<string[]> {
	const { rows } = await client.query<{ datname: string }>(
		'select datname from pg_database where datname ~ $1 order by oid',
		[pattern]
	);
	return rows.map(({ datname }) => datname);
}

async function drop(client: pg.Client, name: string): Promise<void> {
	await client.query(`drop database if exists ${pg.escapeIdentifier(name)} with (force)`);
}

function isRunning(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}

async function fingerprint(...folders: string[]): Promise<string> {
	const hash = createHash('sha256');
	for (const folder of folders) {
		const files = await readdir(path.join(root, folder), { recursive: true });
		// The journal counts too: by its dates a served application decides what is still to be migrated.
		for (const file of files.filter((file) => /\.sql$|_journal\.json$/.test(file)).sort()) {
			hash.update(`${folder}/${file}\n`).update(await readFile(path.join(root, folder, file)));
		}
	}
	return hash.digest('hex').slice(0, 12);
}
