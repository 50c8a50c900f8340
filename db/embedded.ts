import { spawn, spawnSync, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { prepareHome, type ServerHome } from './embedded-home.ts';

/** A private PostgreSQL inside a data folder, shared by every process that names the same folder. */
export interface EmbeddedPostgres {
	/** Connection string of one of its databases. */
	urlFor(database: string): string;
	/** Our hold on the server ends; the last process out stops it. Says whether that was us. Close your pools first. */
	release(): Promise<boolean>;
}

export interface EmbeddedOptions {
	/** Folder for the cluster. */
	folder: string;
	/** Where a server started by root lives when its user cannot enter `folder`. */
	rootFolder?: string;
	/** Further settings, such as `fsync=off` for tests. */
	settings?: string[];
	/** Told when the server was lost and is being started again. */
	onLost?: () => void;
}

const USER = 'mingfa';
const HOLD = 727_000_001;
const PATIENCE = 60_000;

/** Starts the server of that folder, or joins the one that runs, and keeps it running until `release`. @throws a sentence with the server's own words */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
	const home = prepareHome(options.folder, options.rootFolder ?? '/var/lib/mingfa');
	let released = false;
	let hold = await takeHold(home, options.settings ?? []);
	watch();

	/** A server that dies is started again; until it is back, the pools of this process see refused connections. */
	function watch() {
		hold.once('end', async () => {
			if (released) return;
			options.onLost?.();
			while (!released) {
				try {
					hold = await takeHold(home, options.settings ?? []);
					return watch();
				} catch {
					await wait(1_000);
				}
			}
		});
	}

	return {
		urlFor: (database) => `postgres://${USER}@localhost/${database}?host=${encodeURIComponent(home.socket)}`,
		async release() {
			released = true;
			return releaseHold(home, hold);
		}
	};
}

/** Creates a database unless it is there. Several processes may ask at once. */
export async function createDatabase(server: EmbeddedPostgres, name: string): Promise<string> {
	const client = new pg.Client({ connectionString: server.urlFor('postgres') });
	await client.connect();
	try {
		await client.query(`create database ${pg.escapeIdentifier(name)}`);
	} catch (error) {
		const alreadyThere = ['42P04', '23505'].includes((error as { code?: string }).code ?? '');
		if (!alreadyThere) throw error;
	} finally {
		await client.end();
	}
	return server.urlFor(name);
}

/** A connection with a shared lock: while anyone holds one, nobody stops the server. */
async function takeHold(home: ServerHome, settings: string[]): Promise<pg.Client> {
	const deadline = Date.now() + PATIENCE;
	let server: { process: ChildProcess; endedAt: number } | undefined;

	while (Date.now() < deadline) {
		const hold = await connect(home);
		if (hold) return hold;

		// Ended at once: another starter owns the folder, or a killed server's children have not gone yet. Ask again, start again.
		if (!server || (server.endedAt && Date.now() - server.endedAt > 300)) server = launch(home, settings);
		await wait(20);
	}
	throw new Error(
		`The embedded PostgreSQL did not start. ${path.join(home.folder, 'postgres.log')} ends: ${lastWords(home)}`
	);
}

async function connect(home: ServerHome): Promise<pg.Client | undefined> {
	const client = new pg.Client({ host: home.socket, user: USER, database: 'postgres', connectionTimeoutMillis: 2_000 });
	client.on('error', () => {}); // a lost server is noticed by the 'end' that follows
	try {
		await client.connect();
		await client.query('select pg_advisory_lock_shared($1)', [HOLD]);
		return client;
	} catch {
		await client.end().catch(() => {});
		return undefined;
	}
}

function launch(home: ServerHome, settings: string[]) {
	initialise(home);
	const log = fs.openSync(path.join(home.folder, 'postgres.log'), 'a');
	if (home.user) fs.fchownSync(log, home.user.uid, home.user.gid);

	const flags = ['listen_addresses=', 'unix_socket_permissions=0700', 'jit=off', ...settings].flatMap((setting) => [
		'-c',
		setting
	]);
	const child = spawn(path.join(home.programs, 'bin/postgres'), ['-D', home.cluster, '-k', home.socket, ...flags], {
		...processOptions(home),
		detached: true,
		stdio: ['ignore', log, log]
	});
	fs.closeSync(log);

	const server = { process: child, endedAt: 0 };
	child.once('exit', () => (server.endedAt = Date.now()));
	child.once('error', () => (server.endedAt = Date.now()));
	child.unref();
	return server;
}

/** Makes the cluster aside and moves it into place, so that a killed or a second starter never leaves half of one. */
function initialise(home: ServerHome): void {
	const marker = path.join(home.cluster, 'PG_VERSION');
	if (fs.existsSync(marker)) return;

	const aside = `${home.cluster}.${randomBytes(4).toString('hex')}`;
	const flags = ['-D', aside, '-U', USER, '-A', 'trust', '-E', 'UTF8', '--no-instructions'];
	const locale = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C.UTF-8'];
	const result = spawnSync(path.join(home.programs, 'bin/initdb'), [...flags, ...locale], {
		...processOptions(home),
		encoding: 'utf8'
	});
	if (result.status !== 0) throw new Error(`initdb refused: ${result.stderr || result.error?.message}`);
	try {
		fs.renameSync(aside, home.cluster);
	} catch (error) {
		fs.rmSync(aside, { recursive: true, force: true });
		if (!fs.existsSync(marker)) throw error;
	}
}

/** The server sees neither our environment nor our folder; it thinks in UTC. */
function processOptions(home: ServerHome) {
	return {
		...home.user,
		cwd: '/',
		env: { PATH: process.env.PATH, LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8', TZ: 'UTC' }
	} satisfies SpawnOptions;
}

/** Ends our hold. Whoever then gets the lock alone is the last one out, and stops the server. */
async function releaseHold(home: ServerHome, hold: pg.Client): Promise<boolean> {
	const last = await hold
		.query<{ last: boolean }>('select pg_advisory_unlock_shared($1), pg_try_advisory_lock($1) as last', [HOLD])
		.then(({ rows }) => rows[0]?.last === true)
		.catch(() => false);
	const pidFile = path.join(home.cluster, 'postmaster.pid');
	const pid = last && fs.existsSync(pidFile) ? Number(fs.readFileSync(pidFile, 'utf8').split('\n')[0]) : undefined;

	if (pid) process.kill(pid, 'SIGINT'); // a fast shutdown: it says goodbye to every session, ours included
	await hold.end().catch(() => {});
	for (const deadline = Date.now() + 15_000; pid && fs.existsSync(pidFile) && Date.now() < deadline;) await wait(20);
	return pid !== undefined;
}

function lastWords(home: ServerHome): string {
	const log = path.join(home.folder, 'postgres.log');
	return fs.existsSync(log) ? fs.readFileSync(log, 'utf8').trim().split('\n').slice(-3).join(' ') : 'nothing.';
}
