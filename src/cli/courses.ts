import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { bringInLibrary } from '#lib/server/courses/bring-in-library.ts';
import { hasChanged, type SyncReport } from '#lib/server/courses/sync-library.ts';
import type { Problem } from '#lib/server/platform/content/problem.ts';
import { complain, ownLibrary, say, WrongUsage } from './command.ts';
import { withDatabase } from './database.ts';

export const summary = 'Check the course library, or bring it into the database';
export const usage = `Usage: mingfa courses check [DIR] [--json]
       mingfa courses sync [DIR] [--if-changed]

check reports every problem of a course library (default: courses/) with file, line and question.
Errors end with exit code 1; warnings are for the editor and do not.

  --json  print { problems: [{ level, code, file, line, question, message }] } instead of text

sync brings the library into the database, in one transaction and only if it has no errors: what changed gets a new
version, what left the files is archived, nothing is deleted.

  --if-changed  do nothing when the files are those of the last time`;

/** Runs `mingfa courses …`. Gives the exit code. */
export async function run(argv: string[]): Promise<number> {
	const { values, positionals } = parseArgs({
		args: argv,
		allowPositionals: true,
		options: { json: { type: 'boolean' }, 'if-changed': { type: 'boolean' } }
	});
	const [action, directory = ownLibrary, ...rest] = positionals;
	if (rest.length > 0) throw new WrongUsage(`Name at most one folder after "courses ${action}"`);
	if (action === 'check') return check(directory, values.json ?? false);
	if (action === 'sync') return sync(directory, values['if-changed'] ?? false);
	throw new WrongUsage('Say "courses check" or "courses sync"');
}

async function check(directory: string, isJson: boolean): Promise<number> {
	const { checkLibrary } = await import('#lib/server/courses/content/check-library.ts');
	const { problems } = await checkLibrary(existing(directory));
	if (isJson) say(JSON.stringify({ problems }, null, '\t'));
	else say([...problems.map(lineFor), total(problems)].join('\n'));
	return errorsIn(problems) > 0 ? 1 : 0;
}

async function sync(directory: string, ifChanged: boolean): Promise<number> {
	const { problems, report } = await withDatabase((ctx) => bringInLibrary(ctx, existing(directory), { ifChanged }));
	if (errorsIn(problems) > 0) {
		complain(
			[...problems.filter(({ level }) => level === 'error').map(lineFor), `${total(problems)}。课程库没有改动。`].join(
				'\n'
			)
		);
		return 1;
	}
	if (report) say(hasChanged(report) ? lines(report).join('\n') : 'The course library is as it was.');
	return 0;
}

function existing(directory: string): string {
	if (!existsSync(directory)) throw new WrongUsage(`There is no folder ${directory}`);
	return directory;
}

function lines(report: SyncReport): string[] {
	return Object.entries(report).flatMap(([noun, tally]) => {
		const counts = Object.entries(tally).filter(([, count]) => count > 0);
		return counts.length > 0 ? [`${noun}: ${counts.map(([what, count]) => `${count} ${what}`).join(', ')}`] : [];
	});
}

const lineFor = ({ level, file, line, question, message, code }: Problem) =>
	`${file}:${line}: ${level === 'error' ? '错误' : '提醒'}${question ? ` ${question}` : ''} ${message} [${code}]`;

const errorsIn = (problems: Problem[]) => problems.filter(({ level }) => level === 'error').length;

const total = (problems: Problem[]) =>
	problems.length === 0 ? '没有问题' : `${errorsIn(problems)} 个错误，${problems.length - errorsIn(problems)} 个提醒`;
