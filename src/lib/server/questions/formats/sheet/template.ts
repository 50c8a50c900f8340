import excel from 'exceljs';
import { writeCsv } from '#lib/server/platform/tables/write-csv.ts';
import type { FlatQuestion } from '../flat-questions.ts';
import { columnsFor } from './write-sheet-file.ts';
import { kindNames, templateFields } from './columns.ts';
import { examples } from './examples.ts';
import { rowOf } from './row-of.ts';

const rowsWithLists = 2_000;

const rows = () =>
	examples.map(({ wording, ...details }) => {
		const entry: FlatQuestion = { place: {}, details, wording };
		return rowOf(entry, () => {})!;
	});

/** The sheet to be filled in: headers with a list of types on the first sheet, a question of every kind on the second. */
export async function questionTemplateXlsx(names: { sheet: string; examples: string }): Promise<Buffer> {
	const workbook = new excel.Workbook();
	const empty = workbook.addWorksheet(names.sheet, { views: [{ state: 'frozen', ySplit: 1 }] });
	const shown = workbook.addWorksheet(names.examples, { views: [{ state: 'frozen', ySplit: 1 }] });
	const columns = columnsFor(templateFields);
	for (const sheet of [empty, shown]) {
		sheet.columns = columns.map(({ header, width }) => ({ header, width: width ?? 14, style: { numFmt: '@' } }));
		sheet.getRow(1).font = { bold: true };
	}
	for (const row of rows())
		shown.addRow(columns.map(({ value }) => value(row))).alignment = { wrapText: true, vertical: 'top' };
	const kinds = Object.entries(kindNames)
		.filter(([kind]) => kind !== 'numeric')
		.map(([, [name]]) => name);
	for (let row = 2; row <= rowsWithLists; row++)
		empty.getCell(row, 1).dataValidation = {
			type: 'list',
			allowBlank: true,
			showErrorMessage: false,
			formulae: [`"${kinds.join(',')}"`]
		};
	return Buffer.from(await workbook.xlsx.writeBuffer());
}

/** The same as CSV: headers, and the examples to be written over. */
export const questionTemplateCsv = (): ReadableStream<Uint8Array> =>
	writeCsv({ title: '', columns: columnsFor(templateFields), rows: rows() });
