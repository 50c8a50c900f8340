import { invalid } from '../../platform/errors.ts';
import { matchColumns } from './match-columns.ts';
import { readCsv } from '../../platform/tables/read-csv.ts';
import { readXlsx } from '../../platform/tables/read-xlsx.ts';
import type { TableLimits } from '../../platform/tables/limits.ts';
import type { Cell, Table, TableRow } from '../../platform/tables/table.ts';
import { limits } from './limits.ts';

/** What a file holds below its headers. */
export type Sheet = Omit<Table, 'rows'> & { headers: string[]; rows: AsyncIterable<TableRow> };

const zip = Buffer.from('PK\u0003\u0004', 'latin1');
const oldExcel = Buffer.from('d0cf11e0', 'hex');
const headersWithin = 10;

/**
 * Opens a file of people, a roster unless `bounds` allow for more, by what it is, not by what it is called, as far as its headers. They stand in the first row that has a
 * staff number column, so that a title may stand above them; else in the first row.
 * @throws invalid table.old-excel | roster.empty, and what the readers throw
 */
export async function readTable(file: Buffer, bounds: TableLimits = limits): Promise<Sheet> {
	if (file.length === 0) throw invalid('roster.empty', { field: 'file' });
	if (file.subarray(0, 4).equals(oldExcel)) throw invalid('table.old-excel', { field: 'file' });
	const { rows, ...table } = file.subarray(0, 4).equals(zip) ? await readXlsx(file, bounds) : readCsv(file, bounds);

	const reader = rows[Symbol.asyncIterator]();
	const head: TableRow[] = [];
	while (head.length < headersWithin && !isHeader(head.at(-1))) {
		const { value, done } = await reader.next();
		if (done) break;
		head.push(value);
	}
	const at = Math.max(0, head.findIndex(isHeader));
	const headers = head[at]?.cells.map(wordsOf);
	if (!headers) throw invalid('roster.empty', { field: 'file' });

	return {
		...table,
		headers,
		rows: (async function* () {
			yield* head.slice(at + 1);
			yield* { [Symbol.asyncIterator]: () => reader };
		})()
	};
}

const isHeader = (row: TableRow | undefined): boolean =>
	row !== undefined && matchColumns(row.cells.map(wordsOf)).staffNumber !== undefined;

const wordsOf = (cell: Cell): string => (typeof cell === 'string' ? cell.slice(0, 100) : '');
