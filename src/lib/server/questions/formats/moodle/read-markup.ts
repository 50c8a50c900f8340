import type { Feature } from '../format.ts';
import { htmlToText } from '../xml/html-to-text.ts';
import { childOf, elementsIn, textOf, type Element } from '../xml/parse-document.ts';

/** The text of an element, out of the markup that it says it has. Markdown and plain text stay as they are. */
export function readMarkup(
	element: Element | undefined,
	lose: (feature: Feature) => void,
	options: { plain?: boolean; raw?: (text: string) => string } = {}
): string {
	if (!element) return '';
	if (elementsIn(element, 'file').length > 0) lose('images');
	const { raw = (text: string) => text } = options;
	const text = raw(textOf(childOf(element, 'text') ?? element));
	const format = element.attributes.format ?? 'html';
	if (format === 'markdown' || format === 'plain_text' || format === 'wiki_like') return text.trim();
	const html = format === 'moodle_auto_format' ? text.trim().replace(/\r?\n/g, '<br>') : text;
	return htmlToText(html, lose, options);
}
