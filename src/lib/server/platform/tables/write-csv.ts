import { Readable } from 'node:stream';
import { guardCell } from '../guard-cell.ts';
import type { Sheet } from '../xlsx.ts';

/** Writes a sheet as CSV while it is being read: UTF-8 with a byte order mark, and no text that a spreadsheet would run. */
export function writeCsv<Row>({ columns, rows }: Sheet<Row>): ReadableStream<Uint8Array> {
	const lines = async function* () {
		yield Buffer.from(`\ufeff${lineOf(columns.map(({ header }) => header))}`);
		for await (const row of rows) yield Buffer.from(lineOf(columns.map(({ value }) => value(row))));
	};
	return Readable.toWeb(Readable.from(lines())) as ReadableStream<Uint8Array>;
}

const lineOf = (cells: (string | number | null | undefined)[]): string => `${cells.map(cellOf).join(',')}\r\n`;

function cellOf(value: string | number | null | undefined): string {
	const text = typeof value === 'string' ? guardCell(value) : String(value ?? '');
	return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
