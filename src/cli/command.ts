import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** The course library of this checkout. */
export const ownLibrary = path.resolve(import.meta.dirname, '../../courses');

/** One subcommand of `mingfa`: a file of this folder that exports these three. */
export interface Command {
	/** One line for the list of commands. */
	summary: string;
	/** What `--help` prints. */
	usage: string;
	/** Does it. Resolves to the exit code: 0 done, 1 refused or failed. @throws WrongUsage */
	run(argv: string[]): Promise<number>;
}

/** The command line itself is wrong: exit code 2. The message says what to do instead. */
export class WrongUsage extends Error {}

/** Prints one line for the person at the terminal. */
export function say(line: string): void {
	process.stdout.write(`${line}\n`);
}

/** Prints what went wrong. */
export function complain(line: string): void {
	process.stderr.write(`${line}\n`);
}

/** The one file that a command line names. @throws WrongUsage */
export function onlyFile([name, ...rest]: string[], command: string): string {
	if (name === undefined || rest.length > 0) throw new WrongUsage(`Say "${command}" and one file`);
	return name;
}

/** Reads a file that a command line names. @throws WrongUsage where there is none */
export const readNamed = (name: string): Promise<Buffer> =>
	readFile(name).catch((error: NodeJS.ErrnoException) => {
		throw error.code === 'ENOENT' ? new WrongUsage(`There is no file ${name}`) : error;
	});
