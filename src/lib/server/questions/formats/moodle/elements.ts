import { pictureMark } from '../../picture-file.ts';
import type { ExchangePicture } from '../exchange-question.ts';
import { picturesShownIn } from '../picture-box.ts';
import { escapeAttribute, escapeXml } from '../xml/escape-xml.ts';

/** `<name><text>…</text></name>`, the shape of most things in Moodle's XML. */
export const textElement = (name: string, text: string, format?: 'markdown' | 'plain_text' | 'html'): string =>
	`<${name}${format ? ` format="${format}"` : ''}><text>${escapeXml(text)}</text></${name}>`;

/** A text in the bank's Markdown with the pictures that it shows. */
export function proseElement(name: string, text: string, pictures: readonly ExchangePicture[]): string {
	const shown = picturesShownIn(text, pictures);
	const names = new Set(shown.map((each) => each.name));
	const addressed = text.replace(pictureMark, (mark, alt: string, name: string) =>
		names.has(name) ? `![${alt}](@@PLUGINFILE@@/${name})` : mark
	);
	const files = shown.map((each) => `<file name="${each.name}" path="/" encoding="base64">${each.base64}</file>`);
	return `<${name} format="markdown"><text>${escapeXml(addressed)}</text>${files.join('')}</${name}>`;
}

/** An answer with its share of the points in percent and what is said to whoever gives it. */
export const answerElement = (
	text: string,
	fraction: number,
	feedback = '',
	format: 'plain_text' | 'moodle_auto_format' = 'plain_text'
): string =>
	`<answer fraction="${fraction}" format="${format}"><text>${escapeXml(text)}</text>${textElement('feedback', feedback, 'plain_text')}`;

export const simple = (name: string, value: string | number): string =>
	`<${name}>${escapeXml(String(value))}</${name}>`;

export const questionElement = (type: string, parts: string[]): string =>
	`<question type="${escapeAttribute(type)}">\n\t${parts.filter((part) => part !== '').join('\n\t')}\n</question>\n`;
