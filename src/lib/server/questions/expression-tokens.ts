import { ExpressionError } from './expression-error.ts';

export interface Token {
	kind: 'number' | 'name' | 'sign' | 'end';
	text: string;
	/** Counted from 1. */
	position: number;
}

const pattern = /\s*(?:(\d+(?:\.\d+)?)|([a-z][a-z0-9_]*)|(<=|>=|[-+*/(),<>=]))/y;

/** Splits a formula into numbers, names and signs. The last token is the end. @throws ExpressionError */
export function tokenize(text: string): Token[] {
	const tokens: Token[] = [];
	const end = text.trimEnd().length;
	pattern.lastIndex = 0;
	while (pattern.lastIndex < end) {
		const from = pattern.lastIndex;
		const match = pattern.exec(text);
		if (!match) {
			const at = from + (/^\s*/.exec(text.slice(from))?.[0].length ?? 0);
			throw new ExpressionError('character', at + 1, { text: text[at]! });
		}
		const [, number, name, sign] = match;
		const found = (number ?? name ?? sign)!;
		const kind = number ? 'number' : name ? 'name' : 'sign';
		tokens.push({ kind, text: found, position: pattern.lastIndex - found.length + 1 });
	}
	tokens.push({ kind: 'end', text: '', position: end + 1 });
	return tokens;
}
