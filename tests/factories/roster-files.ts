import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import excel from 'exceljs';
import { headersOf } from '#lib/server/people/roster/match-columns.ts';
import { type RosterField, rosterFields } from '#lib/schemas/roster.ts';

export type RosterLine = Partial<Record<RosterField, excel.CellValue>>;

/** An XLSX roster with the columns of the template, one row for each line. */
export async function aRosterFile(
	lines: Iterable<RosterLine>,
	headers: readonly string[] = rosterFields.map((field) => headersOf[field][0])
): Promise<Buffer> {
	const sink = new PassThrough();
	const file = buffer(sink);
	const workbook = new excel.stream.xlsx.WorkbookWriter({ stream: sink, useSharedStrings: true });
	const sheet = workbook.addWorksheet('花名册');
	sheet.addRow(headers).commit();
	for (const line of lines) sheet.addRow(rosterFields.map((field) => line[field] ?? null)).commit();
	await workbook.commit();
	return file;
}

/** The same as CSV text. */
export function aRosterCsv(lines: Iterable<Partial<Record<RosterField, string>>>, separator = ','): string {
	const rows = [
		rosterFields.map((field) => headersOf[field][0]),
		...Array.from(lines, (line) => rosterFields.map((field) => line[field] ?? ''))
	];
	return rows
		.map((row) =>
			row.map((cell) => (/["\n]|[,;\t]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(separator)
		)
		.join('\r\n');
}
