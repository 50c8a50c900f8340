import type { Problem } from './problem.ts';

/** A content file being read: where its problems go and where its values stand. */
export interface Source {
	file: string;
	problems: Problem[];
	/** Lines of the values of a mapping by key, or of a list by index. */
	lines: WeakMap<object, { line: number; of: Record<string, number> }>;
}

export const openSource = (file: string, problems: Problem[]): Source => ({ file, problems, lines: new WeakMap() });

/** The line of a value that was read from this source, or of one of its fields. */
export function lineOf(source: Source, value: object, key?: string | number): number {
	const place = source.lines.get(value);
	return (key === undefined ? undefined : place?.of[key]) ?? place?.line ?? 1;
}

export interface Fault {
	line: number;
	code: string;
	message: string;
	question?: string;
	level?: Problem['level'];
	values?: Problem['values'];
}

/** Reports a problem of this file. */
export function report(source: Source, { level = 'error', line, code, message, question, values }: Fault): void {
	const more = { ...(question && { question }), ...(values && { values }) };
	source.problems.push({ level, code, file: source.file, line, ...more, message });
}
