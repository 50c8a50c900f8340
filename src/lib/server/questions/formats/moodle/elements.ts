import { escapeAttribute, escapeXml } from '../xml/escape-xml.ts';

/** `<name><text>…</text></name>`, the shape of most things in Moodle's XML. */
export const textElement = (name: string, text: string, format?: 'markdown' | 'plain_text' | 'html'): string =>
	`<${name}${format ? ` format="${format}"` : ''}><text>${escapeXml(text)}</text></${name}>`;

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
