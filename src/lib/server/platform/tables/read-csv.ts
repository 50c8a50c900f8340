import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { invalid } from '../errors.ts';
import type { TableLimits } from './limits.ts';
import type { Table, TableRow } from './table.ts';

const separators = [',', ';', '\t', '，', '；'];
const piece = 2 ** 16;

/**
 * Opens a CSV file in UTF-8, UTF-16 or GB18030, with commas, semicolons or tabs between the fields.
 * @throws invalid table.not-a-table | table.csv-broken | table.too-many-columns
 */
export function readCsv(file: Buffer, limits: TableLimits): Table {
	const text = decode(file);
	return {
		total: (text.match(/\n/g)?.length ?? 0) + (text.endsWith('\n') ? 0 : 1),
		dates1904: false,
		rows: readRows(text, limits)
	};
}

async function* readRows(text: string, limits: TableLimits): AsyncGenerator<TableRow> {
	const parser = parse({
		delimiter: separatorOf(text),
		relax_column_count: true,
		trim: true,
		max_record_size: limits.columns * limits.cell
	});
	const bytes = Buffer.from(text);
	const pieces = Array.from({ length: Math.ceil(bytes.length / piece) }, (_, at) =>
		bytes.subarray(at * piece, (at + 1) * piece)
	);
	const records = Readable.from(pieces)
		.on('error', (error) => parser.destroy(error))
		.pipe(parser);

	let row = 0;
	try {
		for await (const cells of records as AsyncIterable<string[]>) {
			row++;
			if (cells.length > limits.columns)
				throw invalid('table.too-many-columns', { field: 'file', values: { limit: limits.columns } });
			if (cells.some((cell) => cell !== '')) yield { row, cells };
		}
	} catch (error) {
		const { code } = error as { code?: string };
		if (code?.startsWith('CSV_')) throw invalid('table.csv-broken', { field: 'file', values: { row: row + 1 } });
		throw error;
	} finally {
		parser.destroy();
	}
}

/** Text in the first encoding in which every byte makes sense. @throws invalid table.not-a-table */
export function decode(file: Buffer): string {
	const encodings =
		(file[0] === 0xff && file[1] === 0xfe) || (file[0] === 0xfe && file[1] === 0xff)
			? [file[0] === 0xff ? 'utf-16le' : 'utf-16be']
			: ['utf-8', 'gb18030'];
	for (const encoding of encodings) {
		const text = tryDecode(file, encoding);
		// A picture or a program may pass for GB18030 by chance, but not without control characters.
		// eslint-disable-next-line no-control-regex -- they are what tells text from other files
		if (text !== undefined && !/[\u0000-\u0008\u000e-\u001f\u007f]/.test(text)) return text;
	}
	throw invalid('table.not-a-table', { field: 'file' });
}

function tryDecode(file: Buffer, encoding: string): string | undefined {
	try {
		return new TextDecoder(encoding, { fatal: true }).decode(file);
	} catch {
		return undefined;
	}
}

/** The separator that stands most often in the first line, outside of quotes. */
function separatorOf(text: string): string {
	const [line = ''] = text.replace(/"[^"]*"/g, '').split(/\r?\n/, 1);
	const counted = separators.map((separator) => ({ separator, count: line.split(separator).length }));
	return counted.reduce((most, one) => (one.count > most.count ? one : most)).separator;
}
