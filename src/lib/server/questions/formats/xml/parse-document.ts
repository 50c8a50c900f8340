import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { invalid } from '#lib/server/platform/errors.ts';
import { decode } from '#lib/server/platform/tables/read-csv.ts';
import { limits } from '../limits.ts';

/** An element with its name and attributes without prefixes. */
export interface Element {
	name: string;
	attributes: Record<string, string>;
	children: (Element | string)[];
	/** Line at which it opens. */
	line: number;
}

/**
 * Reads an XML document. Documents with a DOCTYPE are refused, so there are no entities but XML's own five and nothing is
 * fetched; how deep and how many its elements may be is bounded.
 * @throws invalid formats.xml | formats.doctype | formats.xml-size
 */
export function parseDocument(file: Buffer): Element {
	const root: Element = { name: '', attributes: {}, children: [], line: 0 };
	const open = [root];
	let count = 0;
	const parser = new SaxesParser();
	parser.on('doctype', () => {
		throw invalid('formats.doctype', { field: 'file', values: { line: parser.line } });
	});
	parser.on('error', () => {
		throw invalid('formats.xml', { field: 'file', values: { line: parser.line } });
	});
	parser.on('opentag', ({ name, attributes }: SaxesTagPlain) => {
		if (open.length > limits.depth || ++count > limits.elements)
			throw invalid('formats.xml-size', { field: 'file', values: { line: parser.line } });
		const element: Element = { name: localName(name), attributes: {}, children: [], line: parser.line };
		for (const [key, value] of Object.entries(attributes)) element.attributes[localName(key)] = value;
		open.at(-1)!.children.push(element);
		open.push(element);
	});
	parser.on('closetag', () => void open.pop());
	const addText = (text: string) => void open.at(-1)!.children.push(text);
	parser.on('text', addText);
	parser.on('cdata', addText);
	parser.write(decode(file).replace(/^\ufeff/, '')).close();
	const [document] = elementsIn(root);
	if (!document) throw invalid('formats.xml', { field: 'file', values: { line: 1 } });
	return document;
}

const localName = (name: string) => name.slice(name.indexOf(':') + 1);

/** The elements directly inside, of one name or of any. */
export const elementsIn = ({ children }: Element, name?: string): Element[] =>
	children.filter((each): each is Element => typeof each !== 'string' && (name === undefined || each.name === name));

/** The first element of this name directly inside. */
export const childOf = (element: Element | undefined, name: string): Element | undefined =>
	element && elementsIn(element, name)[0];

/** Every element of these names at any depth, in the order of the document. */
export function* descendants(element: Element, ...names: string[]): Generator<Element> {
	for (const child of elementsIn(element)) {
		if (names.includes(child.name)) yield child;
		yield* descendants(child, ...names);
	}
}

/** All text inside, as it stands. */
export const textOf = (element: Element | undefined): string =>
	element ? element.children.map((each) => (typeof each === 'string' ? each : textOf(each))).join('') : '';
