import { guardCell } from '#lib/server/platform/guard-cell.ts';

/** Does a spreadsheet take this for a formula? Apostrophes in front make no difference to the answer. */
function isDangerous(text: string): boolean {
	const bare = text.replace(/^'+/, '');
	return guardCell(bare) !== bare.slice(0, 32_767);
}

/** A text as a cell: what a spreadsheet would run gets an apostrophe, and so does what already looks guarded. */
export const guarded = (text: string): string => (isDangerous(text) ? `'${text}` : text);

/** The reverse of `guarded`. */
export const unguarded = (cell: string): string => (cell.startsWith("'") && isDangerous(cell) ? cell.slice(1) : cell);

/** Several texts in one cell: whatever separates them there is written with a backslash inside of them. */
export const joinList = (texts: string[], separator: string, marks: string): string =>
	texts.map((text) => escapeMarks(text, marks)).join(separator);

export const escapeMarks = (text: string, marks: string): string =>
	[...text].map((each) => (each === '\\' || marks.includes(each) ? `\\${each}` : each)).join('');

export const unescapeMarks = (text: string): string => text.replace(/\\([\s\S])/g, '$1');

/** The pieces of a cell between any of the marks, still escaped, nothing blank at their edges. Empty ones are left out. */
export function splitList(cell: string, marks: string): string[] {
	const pieces = [''];
	for (let at = 0; at < cell.length; at++) {
		const each = cell[at]!;
		if (each === '\\') pieces[pieces.length - 1] += cell.slice(at, ++at + 1);
		else if (marks.includes(each)) pieces.push('');
		else pieces[pieces.length - 1] += each;
	}
	return pieces.map((piece) => piece.trim()).filter((piece) => piece !== '');
}
