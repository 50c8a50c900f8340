import type { MarkedExtension, Token, TokenizerThis } from 'marked';

const chinese = /[\p{Script=Han}\p{Script=Bopomofo}\u3000-\u303f\uff00-\uffef]/u;
const punctuation = /[\p{P}\p{S}]/u;
const longestSpan = 2000;

/**
 * Lets `**劳动合同，**应当` be strong. CommonMark takes a delimiter between punctuation and a letter as an
 * opening one, which is right where words stand apart; beside Chinese characters the space never comes.
 * Steps in only where the plain rule fails. After the rules of markdown-cjk-friendly.
 */
export const chineseEmphasis: MarkedExtension = {
	extensions: [{ name: 'chineseEmphasis', level: 'inline', start: (src) => src.indexOf('*'), tokenizer: emphasis }]
};

function emphasis(this: TokenizerThis, src: string, before: Token[]): Token | undefined {
	const run = /^\*{1,2}(?!\*)/.exec(src)?.[0];
	const previous = lastCharacter(before.at(-1)?.raw ?? '');
	const next = firstCharacter(src.slice(run?.length));
	if (!run || previous === '*' || !canOpen(previous, next)) return undefined;

	const end = findEnd(src, run);
	if (end === undefined) return undefined;
	const last = lastCharacter(src.slice(0, end));
	const after = firstCharacter(src.slice(end + run.length));
	const plainRuleFails =
		(punctuation.test(next) && chinese.test(previous)) || (punctuation.test(last) && chinese.test(after));
	if (!plainRuleFails) return undefined;

	const text = src.slice(run.length, end);
	const type = run.length === 2 ? 'strong' : 'em';
	return { type, raw: src.slice(0, end + run.length), text, tokens: this.lexer.inlineTokens(text) };
}

const firstCharacter = (text: string) => [...text.slice(0, 2)][0] ?? '';
const lastCharacter = (text: string) => [...text.slice(-2)].at(-1) ?? '';
const isSpace = (character: string) => character === '' || /\s/.test(character);

const canOpen = (previous: string, next: string) => !isSpace(next) && (!punctuation.test(next) || isBoundary(previous));
const canClose = (last: string, after: string) => !isSpace(last) && (!punctuation.test(last) || isBoundary(after));
const isBoundary = (character: string) => isSpace(character) || punctuation.test(character) || chinese.test(character);

/** Where the closing run begins; code and links are stepped over. */
function findEnd(src: string, run: string): number | undefined {
	const pattern = /\\.|`[^`\n]*`|\[[^[\]\n]*\]\([^()\s]*\)|\*+/gsu;
	pattern.lastIndex = run.length;
	for (let match = pattern.exec(src); match && match.index < longestSpan; match = pattern.exec(src)) {
		const { index } = match;
		if (match[0] !== run || index === run.length) continue;
		if (canClose(lastCharacter(src.slice(0, index)), firstCharacter(src.slice(index + run.length)))) return index;
	}
	return undefined;
}
