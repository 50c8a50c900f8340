import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { bringInLibrary } from '#lib/server/courses/bring-in-library.ts';
import { hasChanged, type SyncReport } from '#lib/server/courses/sync-library.ts';
import type { Problem } from '#lib/server/platform/content/problem.ts';
import { complain, ownLibrary, say, WrongUsage } from './command.ts';
import { withDatabase } from './database.ts';

export const summary = 'Check the course library, show what it covers, or bring it into the database';
export const usage = `Usage: mingfa courses check [DIR] [--json]
       mingfa courses coverage [DIR] [--out FILE] [--check]
       mingfa courses sync [DIR] [--if-changed]

check reports every problem of a course library (default: courses/) with file, line and question.
Errors end with exit code 1; warnings are for the editor and do not.

  --json  print { problems: [{ level, code, file, line, question, message }] } instead of text

coverage tells, as a table in Markdown, which lessons and how many questions there are for every article.

  --out FILE  write the table to FILE, docs/content/coverage.md for the library that comes along
  --check     write nothing: exit code 1 when FILE is not what the library gives now

sync brings the library into the database, in one transaction and only if it has no errors: what changed gets a new
version, what left the files is archived, nothing is deleted.

  --if-changed  do nothing when the files are those of the last time`;

/** Runs `mingfa courses …`. Gives the exit code. */
export async function run(argv: string[]): Promise<number> {
	const { values, positionals } = parseArgs({
		args: argv,
		allowPositionals: true,
		options: {
			json: { type: 'boolean' },
			out: { type: 'string' },
			check: { type: 'boolean' },
			'if-changed': { type: 'boolean' }
		}
	});
	const [action, directory = ownLibrary, ...rest] = positionals;
	if (rest.length > 0) throw new WrongUsage(`Name at most one folder after "courses ${action}"`);
	if (action === 'check') return check(directory, values.json ?? false);
	if (action === 'coverage') return coverage(directory, { out: values.out, isCheck: values.check ?? false });
	if (action === 'sync') return sync(directory, values['if-changed'] ?? false);
	throw new WrongUsage('Say "courses check", "courses coverage" or "courses sync"');
}

async function check(directory: string, isJson: boolean): Promise<number> {
	const { checkLibrary } = await import('#lib/server/courses/content/check-library.ts');
	const { problems } = await checkLibrary(existing(directory));
	if (isJson) say(JSON.stringify({ problems }, null, '\t'));
	else say([...problems.map(lineFor), total(problems)].join('\n'));
	return errorsIn(problems) > 0 ? 1 : 0;
}

async function coverage(directory: string, { out, isCheck }: { out: string | undefined; isCheck: boolean }) {
	if (isCheck && !out) throw new WrongUsage('Name the file to compare with: --out FILE');
	const { tellCoverage } = await import('./course-coverage.ts');
	const told = await tellCoverage(existing(directory), { out, isCheck });
	return typeof told === 'number' ? told : refuse(told, '没有生成覆盖表');
}

async function sync(directory: string, ifChanged: boolean): Promise<number> {
	const { problems, report } = await withDatabase((ctx) => bringInLibrary(ctx, existing(directory), { ifChanged }));
	if (errorsIn(problems) > 0) return refuse(problems, '课程库没有改动');
	if (report) say(hasChanged(report) ? lines(report).join('\n') : 'The course library is as it was.');
	return 0;
}

/** Prints the errors and what therefore was not done. */
function refuse(problems: Problem[], undone: string): number {
	const errors = problems.filter(({ level }) => level === 'error').map(lineFor);
	complain([...errors, `${total(problems)}。${undone}。`].join('\n'));
	return 1;
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
