import path from 'node:path';
import { parseArgs } from 'node:util';
import { m } from '#lib/paraglide/messages.js';
import '#lib/server/jobs/subscriptions.ts';
import { findImporter } from '#lib/server/people/roster/find-importer.ts';
import { problemInWords } from '#lib/server/people/roster/result-sheet.ts';
import { type Imported, runImport } from '#lib/server/people/roster/run-import.ts';
import { DomainError } from '#lib/server/platform/errors.ts';
import { errorMessage } from '#lib/server/web/error-message.ts';
import { complain, onlyFile, readNamed, say } from './command.ts';
import { withDatabase } from './database.ts';

/** Runs `mingfa import roster …`. Gives the exit code. */
export async function run(argv: string[]): Promise<number> {
	const { values, positionals } = parseArgs({
		args: argv,
		allowPositionals: true,
		options: {
			unit: { type: 'string' },
			as: { type: 'string' },
			'dry-run': { type: 'boolean' },
			json: { type: 'boolean' }
		}
	});
	const name = onlyFile(positionals, 'import roster');
	const file = await readNamed(name);
	try {
		const imported = await withDatabase(async (platform) => {
			const { ctx, unit } = await findImporter(platform, { as: values.as, unitCode: values.unit });
			return runImport(ctx, unit, { fileName: path.basename(name), file }, { dryRun: values['dry-run'] });
		});
		report(imported, values.json ?? false);
		return exitCodeOf(imported);
	} catch (error) {
		if (!(error instanceof DomainError)) throw error;
		complain(errorMessage(error.code, error.values));
		return 1;
	}
}

function exitCodeOf({ failure, refused }: Imported): number {
	if (failure) return 1;
	return refused.length > 0 ? 2 : 0;
}

function report({ status, failure, counts, refused }: Imported, isJson: boolean): void {
	const inWords = (problem: { key: string; values?: Record<string, string | number> }) =>
		errorMessage(problem.key, problem.values);
	if (isJson) {
		const rows = refused.map(({ row, values, problems }) => ({
			row,
			staffNumber: values.staffNumber ?? null,
			problems: problems?.map((problem) => ({ ...problem, message: inWords(problem) }))
		}));
		say(JSON.stringify({ status, counts, refused: rows, ...(failure && { failure: inWords(failure) }) }, null, '\t'));
		return;
	}
	for (const { row, problems } of refused)
		complain(`${row}: ${problems?.map((problem) => problemInWords(problem, inWords)).join(' ')}`);
	if (failure) complain(inWords(failure));
	else if (status === 'committed') say(m.roster_committed_title({ count: counts.selected }));
	else say(m.roster_previewed_title({ fresh: counts.new, changed: counts.changed, wrong: counts.wrong }));
}
