import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Problem } from '#lib/server/platform/content/problem.ts';
import { complain, say } from './command.ts';

interface Wanted {
	/** The file to write, or nothing for the terminal. */
	out: string | undefined;
	/** Compare with the file instead of writing it. */
	isCheck: boolean;
}

/** Writes, prints or compares the table of what a sound library teaches and asks. Gives the exit code, or the errors in the library. */
export async function tellCoverage(directory: string, { out, isCheck }: Wanted): Promise<number | Problem[]> {
	const { loadLibrary } = await import('#lib/server/courses/content/load-library.ts');
	const { coverageOf } = await import('#lib/server/courses/content/coverage.ts');
	const { coverageTable } = await import('#lib/server/courses/content/coverage-table.ts');
	const { library, problems } = await loadLibrary(directory);
	if (!library) return problems;

	const text = coverageTable(coverageOf(library));
	if (!out) say(text.trimEnd());
	else if (isCheck && (await readFile(out, 'utf8').catch(() => '')) !== text) {
		complain(
			`${out} is not what the library gives now: "npm run mingfa -- courses coverage --out ${out}" writes it anew`
		);
		return 1;
	} else if (!isCheck) {
		await mkdir(path.dirname(out), { recursive: true });
		await writeFile(out, text);
	}
	return 0;
}
