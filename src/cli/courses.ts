import { parseArgs } from 'node:util';
import { checkLibrary } from '#lib/server/courses/content/check-library.ts';
import type { Problem } from '#lib/server/platform/content/problem.ts';
import { say, WrongUsage } from './command.ts';

export const summary = 'Check the course library';
export const usage = `Usage: mingfa courses check [DIR] [--json]

Reports every problem of a course library (default: courses/) with file, line and question.
Errors end with exit code 1; warnings are for the editor and do not.

  --json  print { problems: [{ level, code, file, line, question, message }] } instead of text`;

/** Runs `mingfa courses …`. Gives the exit code. */
export async function run(argv: string[]): Promise<number> {
	const { values, positionals } = parseArgs({
		args: argv,
		allowPositionals: true,
		options: { json: { type: 'boolean' } }
	});
	const [action, directory = 'courses', ...rest] = positionals;
	if (action !== 'check' || rest.length > 0) throw new WrongUsage('Say "courses check", and at most one folder');
	return check(directory, values.json ?? false);
}

async function check(directory: string, isJson: boolean): Promise<number> {
	const { problems } = await checkLibrary(directory);
	const errors = problems.filter(({ level }) => level === 'error').length;
	if (isJson) say(JSON.stringify({ problems }, null, '\t'));
	else say([...problems.map(lineFor), total(errors, problems.length - errors)].join('\n'));
	return errors > 0 ? 1 : 0;
}

const lineFor = ({ level, file, line, question, message, code }: Problem) =>
	`${file}:${line}: ${level === 'error' ? '错误' : '提醒'}${question ? ` ${question}` : ''} ${message} [${code}]`;

const total = (errors: number, warnings: number) =>
	errors + warnings === 0 ? '没有问题' : `${errors} 个错误，${warnings} 个提醒`;
