import type { ExchangeBlank, FillInWording } from '../exchange-question.ts';
import type { Feature } from '../format.ts';

/** A fill-in question's stem with a cloze in the place of every blank. */
export const clozeText = ({ stem, blanks }: FillInWording, lose: (feature: Feature) => void): string =>
	stem
		.split(/【\d+】/)
		.map((text, index) => {
			const blank = blanks[index - 1];
			return `${blank ? cloze(blank, lose) : ''}${escapeAround(text)}`;
		})
		.join('');

/** Text around a cloze must not look like one. */
const escapeAround = (text: string): string => text.replaceAll('&#', '&#38;#').replaceAll('{', '&#123;');
export const unescapeAround = (text: string): string =>
	text.replace(/&#(123|38);/g, (_, code: string) => (code === '38' ? '&' : '{'));

/** Inside a cloze, everything that has a meaning there is a character reference; an asterisk would stand for any text. */
export const escapeCloze = (text: string): string =>
	text.replace(/[&{}~#\\"<>\n=%/]/g, (mark) => `&#${mark.charCodeAt(0)};`).replaceAll('*', '\\*');

const plainNumber = /^-?\d+(\.\d+)?$/;

function cloze(blank: ExchangeBlank, lose: (feature: Feature) => void): string {
	const { mistakes = [] } = blank;
	if ('accept' in blank) {
		const right = blank.accept.map((text) => `=${escapeCloze(text)}`);
		const wrong = mistakes.map(({ answer, why }) => `%0%${escapeCloze(answer)}#${escapeCloze(why)}`);
		return `{1:SHORTANSWER:${[...right, ...wrong].join('~')}}`;
	}
	const typed = mistakes.filter(({ answer }) => plainNumber.test(answer));
	if (typed.length < mistakes.length) lose('mistakes');
	const wrong = typed.map(({ answer, why }) => `%0%${answer}:0#${escapeCloze(why)}`);
	return `{1:NUMERICAL:${[`=${blank.number}:0`, ...wrong].join('~')}}`;
}
