const special = /[\\~=#{}:]/g;

/** A text in GIFT: what has a meaning there is written with a backslash, and everything stands on one line. */
export const escapeGift = (text: string): string => text.replace(special, '\\$&').replaceAll('\n', '\\n');

/** The reverse of `escapeGift`. */
export const unescapeGift = (text: string): string =>
	text.replace(/\\([\\~=#{}:n])/g, (_, mark: string) => (mark === 'n' ? '\n' : mark));

/** Where a mark stands that no backslash precedes, or -1. */
export function findUnescaped(text: string, mark: string, from = 0): number {
	for (let at = from; at < text.length; at++) {
		if (text[at] === '\\') at++;
		else if (text.startsWith(mark, at)) return at;
	}
	return -1;
}

/** The pieces between unescaped marks, each with the mark before it; what stands before the first mark is left out. */
export function splitAt(text: string, marks: string): { mark: string; text: string }[] {
	const pieces: { mark: string; text: string }[] = [];
	for (let at = 0; at < text.length; at++) {
		const each = text[at]!;
		if (marks.includes(each)) pieces.push({ mark: each, text: '' });
		else {
			const taken = each === '\\' ? text.slice(at, at + 2) : each;
			at += taken.length - 1;
			const last = pieces.at(-1);
			if (last) last.text += taken;
		}
	}
	return pieces;
}
