/** One thing wrong with the content files. An error stops the library from being used; a warning is for the editor. */
export interface Problem {
	level: 'error' | 'warning';
	/** Stable name of the rule that was broken, such as `article.unknown`. */
	code: string;
	/** Path relative to the library's folder. */
	file: string;
	/** Counted from 1. */
	line: number;
	/** The question concerned, if it is one. */
	question?: string;
	/** What is wrong and what would be right, in Chinese: the reader is the lawyer who wrote the file. */
	message: string;
	/** What the message names, for whoever says it in other words. */
	values?: Record<string, string | number>;
}

/** Errors before warnings in each file, in the order of the lines. */
export function sortProblems(problems: Problem[]): Problem[] {
	return [...problems].sort(
		(a, b) => compare(a.file, b.file) || a.line - b.line || compare(a.level, b.level) || compare(a.message, b.message)
	);
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
