import excel from 'exceljs';
import { allowedWords, fieldGuides, fieldNames } from '#lib/format/roster.ts';
import { m } from '#lib/paraglide/messages.js';
import { type RosterField, rosterFields } from '#lib/schemas/roster.ts';
import { writeCsv } from '../../platform/tables/write-csv.ts';

const rowsWithLists = 5_000;

/** The row that shows how; a file that still holds it is read without it. */
const exampleOf = (): Record<RosterField, string> => ({
	staffNumber: m.roster_template_example_number(),
	name: m.roster_template_example_name(),
	unitCode: 'A0101',
	unitName: '',
	title: m.roster_template_example_title(),
	leadershipLevel: allowedWords('leadershipLevel')[3] ?? '',
	rank: allowedWords('rank')[5] ?? '',
	kind: '',
	startsOn: '2026-03-01',
	document: m.roster_template_example_document(),
	email: 'bai.jingxing@example.cn',
	joinedOn: '2008-07-01',
	establishment: allowedWords('establishment')[0] ?? '',
	status: allowedWords('status')[0] ?? '',
	leftOn: ''
});

/** The roster to be filled in, in the reader's language: headers, an example, lists to choose from, and a sheet that explains each column. */
export async function templateXlsx(): Promise<Buffer> {
	const workbook = new excel.Workbook();
	const roster = workbook.addWorksheet(m.roster_template_sheet(), { views: [{ state: 'frozen', ySplit: 1 }] });
	const guide = workbook.addWorksheet(m.roster_template_guide());
	const lists = workbook.addWorksheet(m.roster_template_allowed());

	roster.columns = rosterFields.map((field) => ({ header: fieldNames[field](), width: 16, style: { numFmt: '@' } }));
	roster.addRow(rosterFields.map((field) => exampleOf()[field])).font = { italic: true };
	guide.columns = [m.roster_template_column(), m.roster_template_about(), m.roster_template_allowed()].map(
		(header, at) => ({ header, width: at === 0 ? 18 : 60 })
	);
	for (const field of rosterFields) {
		const allowed = field.endsWith('On') ? m.roster_allowed_date() : allowedWords(field).join(' · ');
		guide.addRow([fieldNames[field](), fieldGuides[field](), allowed]).alignment = { wrapText: true, vertical: 'top' };
	}
	guide.addRow(['', m.roster_template_blank()]).alignment = { wrapText: true };
	for (const sheet of [roster, guide, lists]) sheet.getRow(1).font = { bold: true };
	for (const [at, field] of rosterFields.filter((field) => allowedWords(field).length > 0).entries())
		offerList(roster, lists, field, at + 1);
	return Buffer.from(await workbook.xlsx.writeBuffer());
}

/** Lets the cells of a column be chosen from a list, which stands in a sheet of its own: Excel takes no long ones inline. */
function offerList(roster: excel.Worksheet, lists: excel.Worksheet, field: RosterField, at: number): void {
	const words = allowedWords(field);
	lists.getColumn(at).values = [fieldNames[field](), ...words];
	lists.getColumn(at).width = 24;
	const letter = lists.getColumn(at).letter;
	const column = rosterFields.indexOf(field) + 1;
	const formulae = [`'${lists.name}'!$${letter}$2:$${letter}$${words.length + 1}`];
	for (let row = 2; row <= rowsWithLists; row++)
		roster.getCell(row, column).dataValidation = { type: 'list', allowBlank: true, showErrorMessage: false, formulae };
}

/** The same as CSV, in UTF-8 with the mark by which Excel knows it. */
export function templateCsv(): ReadableStream<Uint8Array> {
	const columns = rosterFields.map((field) => ({
		header: fieldNames[field](),
		value: (row: Record<RosterField, string>) => row[field]
	}));
	return writeCsv({ title: '', columns, rows: [exampleOf()] });
}
