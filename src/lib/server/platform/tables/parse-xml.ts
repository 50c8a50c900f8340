import type { Readable } from 'node:stream';
import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { damaged } from './read-archive.ts';

/** What is made of a document's tags and text, by their names without prefix. */
export type Handlers = {
	open?(name: string, attributes: Record<string, string>): void;
	close?(name: string): void;
	text?(text: string): void;
};

/**
 * Parses a part of a workbook while it is being unpacked, and yields after each piece so that rows can be handed on and others
 * get their turn. Documents with a DOCTYPE are refused: a workbook has none, an attack may.
 * @throws invalid table.damaged
 */
export async function* parseXml(stream: Readable, { open, close, text }: Handlers): AsyncGenerator<void> {
	const parser = new SaxesParser<{ position: false; xmlns: false }>({ position: false, xmlns: false });
	parser.on('opentag', (tag: SaxesTagPlain) => open?.(localName(tag.name), tag.attributes));
	parser.on('closetag', (tag: SaxesTagPlain) => close?.(localName(tag.name)));
	if (text) parser.on('text', text);
	parser.on('doctype', () => {
		throw damaged();
	});
	parser.on('error', (error) => {
		throw damaged(error);
	});

	stream.setEncoding('utf8');
	try {
		for await (const piece of stream) {
			parser.write(piece);
			yield;
		}
		parser.close();
	} catch (error) {
		throw damaged(error);
	} finally {
		stream.destroy();
	}
	yield;
}

const localName = (name: string) => name.slice(name.indexOf(':') + 1);
