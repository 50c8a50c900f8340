import { pictureLimits } from '../../picture-file.ts';
import type { Feature } from '../format.ts';
import { limits } from '../limits.ts';
import { proseBuilder, type ProseOptions } from './prose-builder.ts';

const named: Record<string, string> = {
	amp: '&',
	lt: '<',
	gt: '>',
	quot: '"',
	apos: "'",
	nbsp: ' ',
	ensp: ' ',
	emsp: '　',
	ldquo: '“',
	rdquo: '”',
	lsquo: '‘',
	rsquo: '’',
	laquo: '«',
	raquo: '»',
	hellip: '…',
	mdash: '—',
	ndash: '–',
	middot: '·',
	bull: '•',
	times: '×',
	divide: '÷',
	plusmn: '±',
	le: '≤',
	ge: '≥',
	ne: '≠',
	yen: '¥',
	euro: '€',
	sect: '§',
	deg: '°',
	copy: '©',
	permil: '‰',
	rarr: '→',
	larr: '←'
};

function decodeEntity(whole: string, body: string): string {
	if (!body.startsWith('#')) return named[body] ?? whole;
	const code = /^#x/i.test(body) ? parseInt(body.slice(2), 16) : parseInt(body.slice(1), 10);
	const isText = code >= 0x20 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
	return isText ? String.fromCodePoint(code) : [9, 10].includes(code) ? String.fromCharCode(code) : '';
}

/** Character references made characters. */
export const decodeEntities = (text: string): string =>
	text.replace(/&(#x[\da-f]{1,6}|#\d{1,7}|[a-z]+\d?);/gi, decodeEntity);

const token = /<!--[\s\S]*?(?:-->|$)|<(\/?)([a-z][a-z0-9]*)((?:"[^"<]*"|'[^'<]*'|[^<>"'])*)>|[^<]+|</gi;
const attribute = /([a-z][a-z-]*)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/gi;
const empty = ['br', 'img', 'hr', 'input', 'wbr', 'col', 'embed', 'source'];

/** What is longer is refused as a text anyway. */
const longest = 10 * limits.text;

/** A picture may stand in its own address. */
const longestPicture = 1.5 * pictureLimits.bytes;

/** Reads HTML as other tools keep it in their files, as Markdown or, for options and the like, as plain text. */
export function htmlToText(html: string, lose: (feature: Feature) => void, options: ProseOptions = {}): string {
	if (html.length > longest) return html;
	const builder = proseBuilder(lose, options);
	for (const [whole, closing, name, rest] of html.matchAll(token)) {
		if (name === undefined) {
			if (!whole.startsWith('<!--')) builder.text(decodeEntities(whole));
		} else if (closing) {
			if (!empty.includes(name.toLowerCase())) builder.close(name.toLowerCase());
		} else {
			const tag = name.toLowerCase();
			const attributes = Object.fromEntries(
				[...(rest ?? '').slice(0, tag === 'img' ? longestPicture : 2_000).matchAll(attribute)].map((match) => [
					match[1]!.toLowerCase(),
					decodeEntities(match[2] ?? match[3] ?? match[4] ?? '')
				])
			);
			builder.open(tag, attributes);
			if (!empty.includes(tag) && rest?.trimEnd().endsWith('/')) builder.close(tag);
		}
	}
	return builder.done();
}
