import { WrongUsage } from './command.ts';

export const summary = 'Import a roster file, or a file of questions';

export const usage = `Usage: mingfa import roster FILE [--unit CODE] [--as STAFF_NUMBER] [--dry-run] [--json]
       mingfa import questions FILE [--format FORMAT] [--unit CODE] [--by NAME] [--use USE] [--dry-run] [--json]

roster reads an XLSX or CSV roster, and writes every row that can be written, in one transaction. The others are listed
with their row number and the reason.

  --unit CODE        refuse whoever is not of this unit or below it (default: the whole tree)
  --as STAFF_NUMBER  act as this person, with their reach; they cannot change their own row
  --dry-run          judge the rows and write nothing
  --json             print { status, counts, refused: [{ row, staffNumber, problems: [{ field, key, message }] }] }

questions brings questions into the bank as drafts, in one transaction. Each still has to be reviewed before it is asked.

  --format FORMAT    xlsx, csv, gift, aiken, moodle-xml, qti21, qti22 or qti3 (default: what the file shows)
  --unit CODE        whose questions they will be (default: the root of the tree)
  --by NAME          the author, by username or staff number (default: who keeps that unit's bank)
  --use USE          practice, exam or both, where the file does not say (default: practice)
  --dry-run          judge the questions and write nothing
  --json             print { imported, refused: [{ line, item, code, reason }], unsupported: [{ line, item, feature, text }] }

Exit codes: 0 everything is in (or would be), 2 some was refused, 1 the file could not be imported.`;

/** Runs `mingfa import …`. Gives the exit code. */
export async function run(argv: string[]): Promise<number> {
	const [what, ...rest] = argv;
	if (what === 'roster') return (await import('./import-roster.ts')).run(rest);
	if (what === 'questions') return (await import('./import-questions.ts')).run(rest);
	throw new WrongUsage('Say "import roster" or "import questions", and one file');
}
