import { escapeAttribute, escapeXml } from '../xml/escape-xml.ts';
import type { QtiVersion } from './qti-version.ts';

const html = ['p', 'br', 'strong', 'a', 'div', 'span', 'ol', 'li'];
type Attributes = Record<string, string | number | boolean | undefined>;

/** Makes an element; QTI 3 spells the names of the older editions in lower case with hyphens. */
export type Make = (name: string, attributes?: Attributes, ...children: string[]) => string;

export const maker =
	(version: QtiVersion): Make =>
	(name, attributes = {}, ...children) => {
		const isPlain = version !== '3.0' || html.includes(name);
		const tag = isPlain ? name : `qti-${hyphened(name)}`;
		const written = Object.entries(attributes)
			.filter(([, value]) => value !== undefined)
			.map(([key, value]) => ` ${isPlain ? key : hyphened(key)}="${escapeAttribute(String(value))}"`)
			.join('');
		return children.length === 0 ? `<${tag}${written}/>` : `<${tag}${written}>${children.join('')}</${tag}>`;
	};

const hyphened = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** The name that the older editions give an element or an attribute. */
export const unhyphened = (name: string): string =>
	name.replace(/^qti-/, '').replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** A plain text, its line breaks as elements. */
export const plainMarkup = (text: string): string => escapeXml(text).replaceAll('\n', '<br/>');

const marks =
	/\*\*([^*\n]+)\*\*|!\[([^[\]\n]*)\]\(([a-z0-9][a-z0-9.-]*)\)|\[([^[\]\n]+)\]\(((?:statute:|https?:)[^\s()]+)\)/g;

/** A text in the bank's Markdown: bold, links and pictures (which lie beside the item) as elements, everything else as it stands. */
export function proseMarkup(text: string): string {
	let out = '';
	let at = 0;
	for (const match of text.matchAll(marks)) {
		const [whole, bold, alt, picture, label, href] = match;
		out += plainMarkup(text.slice(at, match.index));
		if (bold !== undefined) out += `<strong>${escapeXml(bold)}</strong>`;
		else if (picture !== undefined) out += `<img src="${picture}" alt="${escapeAttribute(alt!)}"/>`;
		else out += `<a href="${escapeAttribute(href!)}">${escapeXml(label!)}</a>`;
		at = match.index + whole.length;
	}
	return out + plainMarkup(text.slice(at));
}
