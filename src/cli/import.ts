import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { m } from '#lib/paraglide/messages.js';
import '#lib/server/jobs/subscriptions.ts';
import { findImporter } from '#lib/server/people/roster/find-importer.ts';
import { problemInWords } from '#lib/server/people/roster/result-sheet.ts';
import { type Imported, runImport } from '#lib/server/people/roster/run-import.ts';
import { DomainError } from '#lib/server/platform/errors.ts';
import { errorMessage } from '#lib/server/web/error-message.ts';
import { complain, say, WrongUsage } from './command.ts';
import { withDatabase } from './database.ts';

export const summary = 'Import a roster file';

export const usage = `Usage: mingfa import roster FILE [--unit CODE] [--as STAFF_NUMBER] [--dry-run] [--json]

Reads an XLSX or CSV roster, and writes every row that can be written, in one transaction. The others are listed with
their row number and the reason.

  --unit CODE        refuse whoever is not of this unit or below it (default: the whole tree)
  --as STAFF_NUMBER  act as this person, with their reach; they cannot change their own row
  --dry-run          judge the rows and write nothing
  --json             print { status, counts, refused: [{ row, staffNumber, problems: [{ field, key, message }] }] }

Exit codes: 0 every row is in (or would be), 2 some rows were refused, 1 the file could not be imported.`;

/** Runs `mingfa import …`. Gives the exit code. */
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
	const [what, name, ...rest] = positionals;
	if (what !== 'roster' || name === undefined || rest.length > 0)
		throw new WrongUsage('Say "import roster" and one file');

	const file = await readFile(name).catch((error: NodeJS.ErrnoException) => {
		throw error.code === 'ENOENT' ? new WrongUsage(`There is no file ${name}`) : error;
	});
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
