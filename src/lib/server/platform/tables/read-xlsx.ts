import path from 'node:path/posix';
import { Readable } from 'node:stream';
import { invalid } from '../errors.ts';
import type { TableLimits } from './limits.ts';
import { parseXml } from './parse-xml.ts';
import { type Archive, damaged, readArchive } from './read-archive.ts';
import { readSheet, sheetLength } from './read-sheet.ts';
import type { Table } from './table.ts';

/**
 * Opens an XLSX workbook: its first visible sheet, row by row, as text. Cells show what they hold: dates are serial numbers,
 * formulas are marked and never worked out, macros are not looked at.
 * @throws invalid table.damaged | table.encrypted | table.bomb | table.no-workbook
 */
export async function readXlsx(file: Buffer, limits: TableLimits): Promise<Table> {
	const archive = await readArchive(file, limits);
	if (!archive.has('xl/workbook.xml')) throw invalid('table.no-workbook', { field: 'file' });
	const { sheet, strings, dates1904 } = await readWorkbook(archive);

	return {
		dates1904,
		total: await sheetLength(await archive.open(sheet)),
		rows: (async function* () {
			yield* readSheet(await archive.open(sheet), strings ? await readStrings(archive, strings, limits) : [], limits);
		})()
	};
}

type Workbook = { sheet: string; strings: string | undefined; dates1904: boolean };

async function readWorkbook(archive: Archive): Promise<Workbook> {
	const targets = new Map<string, string>();
	let strings: string | undefined;
	await parseAll(archive, 'xl/_rels/workbook.xml.rels', (name, { Id = '', Type = '', Target = '' }) => {
		if (name !== 'Relationship') return;
		const target = Target.startsWith('/') ? Target.slice(1) : path.join('xl', Target);
		targets.set(Id, target);
		if (Type.endsWith('/sharedStrings') && archive.has(target)) strings = target;
	});

	const sheets: string[] = [];
	let dates1904 = false;
	await parseAll(archive, 'xl/workbook.xml', (name, attributes) => {
		if (name === 'workbookPr') dates1904 = ['1', 'true'].includes(attributes.date1904 ?? '');
		if (name !== 'sheet' || (attributes.state ?? 'visible') !== 'visible') return;
		const relation = Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1];
		const target = targets.get(relation ?? '');
		if (target && archive.has(target)) sheets.push(target);
	});

	const [sheet] = sheets;
	if (!sheet) throw damaged();
	return { sheet, strings, dates1904 };
}

async function parseAll(
	archive: Archive,
	part: string,
	open: (name: string, attributes: Record<string, string>) => void
): Promise<void> {
	for await (const _ of parseXml(Readable.from([await archive.text(part)]), { open }));
}

/** The texts that cells refer to by number. Furigana and the like, which stand beside a text, are left out. */
async function readStrings(archive: Archive, part: string, limits: TableLimits): Promise<string[]> {
	const strings: string[] = [];
	let current = '';
	let isText = false;
	let beside = 0;

	const parsing = parseXml(await archive.open(part), {
		open(name) {
			if (name === 'si') current = '';
			if (name === 'rPh') beside++;
			isText = name === 't' && beside === 0;
		},
		close(name) {
			if (name === 'si' && strings.push(current) > limits.strings) throw invalid('table.bomb', { field: 'file' });
			if (name === 'rPh') beside--;
			isText = false;
		},
		text(text) {
			if (isText) current += text;
		}
	});
	for await (const _ of parsing);
	return strings;
}
