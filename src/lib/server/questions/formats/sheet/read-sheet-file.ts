import { invalid } from '#lib/server/platform/errors.ts';
import { readCsv } from '#lib/server/platform/tables/read-csv.ts';
import { readXlsx } from '#lib/server/platform/tables/read-xlsx.ts';
import type { Cell, TableRow } from '#lib/server/platform/tables/table.ts';
import { takeFlat, type FlatQuestion } from '../flat-questions.ts';
import type { Reading } from '../format.ts';
import { limits } from '../limits.ts';
import { openReading } from '../open-reading.ts';
import { fieldOf, type SheetField } from './columns.ts';
import { unguarded } from './cells.ts';
import { readRow } from './read-row.ts';

const headersWithin = 10;

/** Reads the first sheet of a workbook. */
export const readXlsxQuestions = async (file: Buffer): Promise<Reading> =>
	readRows((await readXlsx(file, limits)).rows);

/** Reads CSV in UTF-8, UTF-16 or GB18030. */
export const readCsvQuestions = (file: Buffer): Promise<Reading> => readRows(readCsv(file, limits).rows);

async function readRows(rows: AsyncIterable<TableRow>): Promise<Reading> {
	const reading = openReading();
	const entries: FlatQuestion[] = [];
	let columns: (SheetField | undefined)[] | undefined;
	let passed = 0;
	for await (const { row, cells } of rows) {
		if (!columns) {
			const found = cells.map((cell) => (typeof cell === 'string' ? fieldOf(cell) : undefined));
			if (found.includes('stem') && found.includes('kind')) columns = found;
			else if (++passed >= headersWithin) break;
			continue;
		}
		const place = { line: row };
		const values = valuesIn(cells, columns);
		if (!values) {
			reading.refuse(place, 'formats.cell-formula');
			continue;
		}
		if (Object.values(values).every((value) => value === '')) continue;
		const entry = readRow(values, (code, values) => reading.refuse(place, code, values));
		if (entry) entries.push({ place, ...entry });
		if (entries.length > limits.questions * 2)
			throw invalid('formats.too-many', { field: 'file', values: { limit: limits.questions } });
	}
	if (!columns) throw invalid('formats.no-headers', { field: 'file' });
	takeFlat(reading, entries);
	return reading;
}

export type RowValues = Partial<Record<SheetField, string>>;

/** The cells of a row by their column; nothing where one holds a formula or an error of the spreadsheet. */
function valuesIn(cells: Cell[], columns: (SheetField | undefined)[]): RowValues | undefined {
	const values: RowValues = {};
	for (const [index, field] of columns.entries()) {
		const cell = cells[index] ?? '';
		if (!field) continue;
		if (typeof cell !== 'string') return undefined;
		values[field] ??= unguarded(cell.replace(/\r\n?/g, '\n').trim());
	}
	return values;
}
