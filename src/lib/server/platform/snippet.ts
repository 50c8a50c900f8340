/** A stretch of text, and whether it is what was searched for. */
export interface Stretch {
	text: string;
	hit: boolean;
}

/** Cuts a text at the places where the terms occur, letter case aside. */
export function markHits(text: string, terms: string[]): Stretch[] {
	if (terms.length === 0) return [{ text, hit: false }];
	const longestFirst = terms
		.toSorted((a, b) => b.length - a.length)
		.map((term) => term.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
	return text
		.split(new RegExp(`(${longestFirst.join('|')})`, 'iu'))
		.map((stretch, index) => ({ text: stretch, hit: index % 2 === 1 }))
		.filter(({ text }) => text !== '');
}

/** The part of a text around its first hit, about `length` characters long, cut at punctuation where one is near. */
export function snippetOf(text: string, terms: string[], length = 110): Stretch[] {
	const line = text.replace(/\s+/g, ' ');
	const places = terms.map((term) => line.toLowerCase().indexOf(term.toLowerCase())).filter((place) => place >= 0);
	const first = places.length > 0 ? Math.min(...places) : 0;
	const from = startNear(line, Math.max(0, first - Math.round(length / 4)), first);
	const part = line.slice(from, from + length);
	return markHits(`${from > 0 ? '…' : ''}${part}${from + length < line.length ? '…' : ''}`, terms);
}

/** The beginning of the sentence, if one begins between here and the hit. */
function startNear(line: string, from: number, hit: number): number {
	if (from === 0) return 0;
	const sentence = /[。；！？，]/.exec(line.slice(from, hit));
	return sentence ? from + sentence.index + 1 : from;
}
