import type { Feature } from '../format.ts';
import { decoded, pictureText, type PictureBox } from '../picture-box.ts';
import { htmlToText } from '../xml/html-to-text.ts';
import { childOf, elementsIn, textOf, type Element } from '../xml/parse-document.ts';

export interface MarkupOptions {
	/** Without any marks, and so without pictures. */
	plain?: boolean;
	/** Changes the text before its markup is read. */
	raw?: (text: string) => string;
	/** Where the pictures of the question go; without it they are lost. */
	box?: PictureBox;
}

/** The text of an element, out of the markup that it says it has. Markdown and plain text stay as they are, but for their pictures. */
export function readMarkup(
	element: Element | undefined,
	lose: (feature: Feature) => void,
	{ plain = false, raw = (text) => text, box }: MarkupOptions = {}
): string {
	if (!element) return '';
	const files = filesOf(element);
	const taken = new Set<string>();
	const find = (source: string): Buffer | undefined => {
		taken.add(named(source));
		return files.get(named(source));
	};
	const picture = plain ? undefined : box?.from(find);
	const text = raw(textOf(childOf(element, 'text') ?? element));
	const format = element.attributes.format ?? 'html';
	const read =
		format === 'markdown' || format === 'plain_text' || format === 'wiki_like'
			? text.trim().replace(inMarkdown, (whole, alt: string, source: string) => {
					const name = picture?.(source);
					if (name === undefined) lose('images');
					return name === undefined ? whole : pictureText(alt, name);
				})
			: htmlToText(format === 'moodle_auto_format' ? text.trim().replace(/\r?\n/g, '<br>') : text, lose, {
					plain,
					picture
				});
	if ([...files.keys()].some((name) => !taken.has(name))) lose('images');
	return read;
}

const inMarkdown = /!\[([^[\]\n]*)\]\((@@PLUGINFILE@@\/[^()\s]+)\)/g;

/** The files of an element by their name. */
const filesOf = (element: Element): Map<string, Buffer> =>
	new Map(
		elementsIn(element, 'file').map((file) => [
			`${file.attributes.path ?? '/'}${file.attributes.name ?? ''}`,
			Buffer.from(textOf(file), 'base64')
		])
	);

/** The path of a file out of the address that a text gives it. */
const named = (source: string): string => decoded(source.replace(/^@@PLUGINFILE@@/, '').replace(/\?.*$/, ''));
