import { once } from 'node:events';
import { PassThrough, Readable, type Writable } from 'node:stream';
import { setImmediate as breathe } from 'node:timers/promises';
import excel from 'exceljs';
import { guardCell } from './guard-cell.ts';

/** One column: its header in the reader's language, its width in characters, and what it says of a row. Dates are text, YYYY-MM-DD. */
export type Column<Row> = { header: string; width?: number; value: (row: Row) => Value };

type Value = string | number | null | undefined;

/** A sheet to be written. `rows` may come from a cursor or a keyset loop: they are asked for as fast as the reader takes them. */
export type Sheet<Row> = { title: string; columns: Column<Row>[]; rows: AsyncIterable<Row> | Iterable<Row> };

/** A sheet of a workbook with others, whatever its rows are: made by `sheetOf`. */
export type AnySheet = { title: string; columns: Omit<Column<never>, 'value'>[]; lines: AsyncIterable<Value[]> };

/** Makes a sheet fit to stand beside sheets of other rows. */
export function sheetOf<Row>({ title, columns, rows }: Sheet<Row>): AnySheet {
	return { title, columns, lines: linesOf(columns, rows) };
}

async function* linesOf<Row>(columns: Column<Row>[], rows: Sheet<Row>['rows']): AsyncGenerator<Value[]> {
	for await (const row of rows) yield columns.map(({ value }) => value(row));
}

const batch = 250;

/**
 * Writes one sheet as XLSX, or several in one workbook, while it is being read: a header that stays in view, then a row for each
 * of `rows`. Memory stays flat in the number of rows. Text never becomes a formula. Whoever stops reading stops the rows.
 */
export function streamXlsx<Row>({ now }: { now: Date }, sheet: Sheet<Row> | AnySheet[]): ReadableStream<Uint8Array> {
	const sink = new PassThrough();
	write(sink, Array.isArray(sheet) ? sheet : [sheetOf(sheet)], now).catch((error: unknown) =>
		sink.destroy(error as Error)
	);
	return Readable.toWeb(sink) as ReadableStream<Uint8Array>;
}

async function write(sink: PassThrough, sheets: AnySheet[], now: Date): Promise<void> {
	const workbook = new excel.stream.xlsx.WorkbookWriter({ stream: sink, useStyles: true });
	Object.assign(workbook, { creator: 'Mingfa', lastModifiedBy: 'Mingfa', created: now, modified: now });

	for (const sheet of sheets) {
		await writeSheet(workbook, sink, sheet);
		if (sink.destroyed) return;
	}
	await workbook.commit();
}

async function writeSheet(
	workbook: excel.stream.xlsx.WorkbookWriter,
	sink: PassThrough,
	{ title, columns, lines }: AnySheet
): Promise<void> {
	const sheet = workbook.addWorksheet(sheetName(title), { views: [{ state: 'frozen', ySplit: 1 }] });
	sheet.columns = columns.map(({ header, width = 14 }) => ({ header: guardCell(header), width }));
	sheet.getRow(1).font = { bold: true };
	sheet.getRow(1).commit();

	let written = 0;
	for await (const line of lines) {
		sheet.addRow(line.map(cellOf)).commit();
		if (++written % batch === 0) await keepPace(sheet, sink);
		if (sink.destroyed) return;
	}
	sheet.commit();
}

const cellOf = (value: Value) => (typeof value === 'string' ? guardCell(value) : (value ?? null));

/** Waits while what has been written is still being compressed, or the reader is slower than the rows. */
async function keepPace(sheet: excel.Worksheet, sink: PassThrough): Promise<void> {
	await breathe();
	for (const stream of [compressorOf(sheet), sink]) {
		if (sink.destroyed) return;
		if (stream?.writableNeedDrain) await drained(stream, sink);
	}
}

async function drained(stream: Writable, sink: PassThrough): Promise<void> {
	const over = new AbortController();
	try {
		await Promise.race([once(stream, 'drain', over), once(sink, 'close', over)]);
	} finally {
		over.abort();
	}
}

/** The writer of exceljs takes everything at once; only the stream behind it can say that it has had enough. */
const compressorOf = (sheet: excel.Worksheet) =>
	(sheet as unknown as { stream: { pipes: Writable[] } }).stream.pipes[0];

/** Excel takes 31 characters, and none of `: \ / ? * [ ]`. */
const sheetName = (title: string) =>
	title
		.replace(/[:\\/?*[\]]/g, ' ')
		.slice(0, 31)
		.trim() || 'Sheet1';
