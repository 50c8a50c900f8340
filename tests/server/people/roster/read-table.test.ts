import { crc32, deflateRawSync } from 'node:zlib';
import excel from 'exceljs';
import { describe, expect, test } from 'vitest';
import { limits } from '#lib/server/people/roster/limits.ts';
import { readTable } from '#lib/server/people/roster/read-table.ts';
import { broken, formula } from '#lib/server/platform/tables/table.ts';
import { aRosterCsv, aRosterFile } from '#tests/factories/roster-files.ts';

async function read(file: Buffer | string) {
	const { headers, rows, ...table } = await readTable(Buffer.from(file));
	const found = [];
	for await (const row of rows) found.push(row);
	return { ...table, headers, rows: found };
}

async function aWorkbook(fill: (sheet: excel.Worksheet, workbook: excel.Workbook) => void): Promise<Buffer> {
	const workbook = new excel.Workbook();
	fill(workbook.addWorksheet('名单'), workbook);
	return Buffer.from(await workbook.xlsx.writeBuffer());
}

type Part = { name: string; content: Buffer; claimed?: number; encrypted?: boolean };

/** A zip file by hand, so that it can lie. */
function aZip(parts: Part[]): Buffer {
	const bodies: Buffer[] = [];
	const directory: Buffer[] = [];
	let offset = 0;
	for (const { name, content, claimed = content.length, encrypted } of parts) {
		const packed = deflateRawSync(content);
		const head = Buffer.alloc(26);
		head.writeUInt16LE(20, 0);
		head.writeUInt16LE(encrypted ? 1 : 0, 2);
		head.writeUInt16LE(8, 4);
		head.writeUInt32LE(crc32(content), 10);
		head.writeUInt32LE(packed.length, 14);
		head.writeUInt32LE(claimed, 18);
		head.writeUInt16LE(Buffer.byteLength(name), 22);
		const body = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), head, Buffer.from(name), packed]);
		const tail = Buffer.alloc(14);
		tail.writeUInt32LE(offset, 10);
		directory.push(Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\u0000', 'latin1'), head, tail, Buffer.from(name)]));
		bodies.push(body);
		offset += body.length;
	}
	const end = Buffer.alloc(18);
	end.writeUInt16LE(parts.length, 4);
	end.writeUInt16LE(parts.length, 6);
	end.writeUInt32LE(Buffer.concat(directory).length, 8);
	end.writeUInt32LE(offset, 12);
	return Buffer.concat([...bodies, ...directory, Buffer.from('PK\u0005\u0006', 'latin1'), end]);
}

const workbookParts = (sheet: Buffer | string, lie: Partial<Part> = {}): Part[] => [
	{
		name: 'xl/workbook.xml',
		content: Buffer.from('<workbook xmlns:r="r"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>')
	},
	{
		name: 'xl/_rels/workbook.xml.rels',
		content: Buffer.from(
			'<Relationships><Relationship Id="rId1" Type="t/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
		)
	},
	{ name: 'xl/worksheets/sheet1.xml', content: Buffer.from(sheet), ...lie }
];

const sheetOf = (rows: string) => `<worksheet><sheetData>${rows}</sheetData></worksheet>`;
const inline = (cells: string[]) =>
	`<row>${cells.map((cell) => `<c t="inlineStr"><is><t>${cell}</t></is></c>`).join('')}</row>`;

describe('workbooks', () => {
	test('gives cells as text, with the row numbers that Excel shows', async () => {
		const file = await aRosterFile([
			{ staffNumber: '000123', name: '单既明', joinedOn: 46082 },
			{},
			{ staffNumber: 200124, name: '白 景行' }
		]);
		const { headers, rows } = await read(file);
		expect(headers.slice(0, 2)).toEqual(['工号', '姓名']);
		expect(rows.map(({ row, cells }) => [row, cells[0], cells[1], cells[11]])).toEqual([
			[2, '000123', '单既明', '46082'],
			[4, '200124', '白 景行', undefined]
		]);
	});

	test('marks formulas and errors, and works nothing out', async () => {
		const file = await aWorkbook((sheet) => {
			sheet.addRow(['工号', '姓名', '职务']);
			sheet.addRow([
				'1',
				{ formula: 'HYPERLINK("http://example.org","白景行")', result: '白景行' },
				{ error: '#N/A' } as excel.CellErrorValue
			]);
		});
		expect((await read(file)).rows[0]?.cells).toEqual(['1', formula, broken]);
	});

	test('joins rich text, and finds the headers below a title', async () => {
		const file = await aWorkbook((sheet) => {
			sheet.addRow(['示例市人社局花名册']);
			sheet.addRow([]);
			sheet.addRow(['工号', '姓名']);
			sheet.addRow(['1', { richText: [{ text: '白' }, { text: '景行', font: { bold: true } }] }]);
		});
		const { headers, rows } = await read(file);
		expect(headers).toEqual(['工号', '姓名']);
		expect(rows).toEqual([{ row: 4, cells: ['1', '白景行'] }]);
	});

	test('reads the first sheet that is not hidden', async () => {
		const file = await aWorkbook((sheet, workbook) => {
			sheet.state = 'hidden';
			sheet.addRow(['工号', '隐藏']);
			workbook.addWorksheet('二').addRow(['工号', '姓名']);
		});
		expect((await read(file)).headers).toEqual(['工号', '姓名']);
	});
});

describe('hostile files', () => {
	const megabyte = Buffer.alloc(2 ** 20, ' ');

	test.each([
		{
			file: () => Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108', 'hex'),
			code: 'table.not-a-table',
			is: 'a picture called .xlsx'
		},
		{ file: () => Buffer.from('d0cf11e0a1b11ae1', 'hex'), code: 'table.old-excel', is: 'an old or locked Excel file' },
		{ file: () => Buffer.alloc(0), code: 'roster.empty', is: 'an empty file' },
		{
			file: () => aZip([{ name: 'word/document.xml', content: Buffer.from('<a/>') }]),
			code: 'table.no-workbook',
			is: 'a Word document'
		},
		{ file: () => aZip(workbookParts(Buffer.alloc(300 * 2 ** 20, ' '))), code: 'table.bomb', is: 'a bomb of 300 MB' },
		{ file: () => aZip(workbookParts(sheetOf(''), { claimed: 2 ** 30 })), code: 'table.bomb', is: 'a claim of 1 GB' },
		{
			file: () => aZip(workbookParts(Buffer.concat(Array<Buffer>(20).fill(megabyte)), { claimed: 1_000 })),
			code: 'table.damaged',
			is: 'a part larger than it claims'
		},
		{
			file: () => aZip(workbookParts(sheetOf(''), { encrypted: true })),
			code: 'table.encrypted',
			is: 'an encrypted part'
		},
		{
			file: () =>
				aZip(Array.from({ length: limits.parts + 1 }, (_, at) => ({ name: `${at}`, content: Buffer.from('') }))),
			code: 'table.bomb',
			is: 'thousands of parts'
		},
		{
			file: () => aZip(workbookParts(sheetOf(inline(Array.from({ length: 10_000 }, (_, at) => `列${at}`))))),
			code: 'table.too-many-columns',
			is: '10,000 columns'
		},
		{
			file: () => aZip(workbookParts(`<!DOCTYPE a [<!ENTITY b "b">]>${sheetOf('')}`)),
			code: 'table.damaged',
			is: 'XML with entities'
		},
		{
			file: () => aZip(workbookParts('<worksheet><sheetData><row>')),
			code: 'table.damaged',
			is: 'XML that breaks off'
		},
		{ file: () => aZip(workbookParts(sheetOf(''))), code: 'roster.empty', is: 'a workbook without a row' },
		{
			file: () => Buffer.from(Array.from({ length: 10_000 }, (_, at) => `c${at}`).join(',')),
			code: 'table.too-many-columns',
			is: '10,000 columns of CSV'
		},
		{
			file: () => Buffer.from('工号,姓名\n1,"白景行\n2,单既明\n'),
			code: 'table.csv-broken',
			is: 'a quote that is never closed'
		}
	])('refuses $is', async ({ file, code }) => {
		await expect(read(file())).rejects.toThrow(code);
	});

	test('refuses a workbook that was cut off, wherever', async () => {
		const whole = await aRosterFile([{ staffNumber: '1', name: '白景行' }]);
		for (const share of [0.3, 0.6, 0.95])
			await expect(read(whole.subarray(0, whole.length * share))).rejects.toThrow('table.damaged');
	});
});

describe('CSV', () => {
	const lines = [{ staffNumber: '000123', name: '白景行', title: '科员, "一级"', document: '人社任\n〔2026〕3号' }];

	test.each([',', ';', '\t'])('reads quoted fields between %j', async (separator) => {
		const { rows } = await read(aRosterCsv(lines, separator));
		expect(rows[0]?.cells.slice(0, 5)).toEqual(['000123', '白景行', '', '', '科员, "一级"']);
	});

	test('reads UTF-8 with a byte order mark, UTF-16 and GB18030', async () => {
		const text = '工号,姓名\n7,白景行';
		const gb = Buffer.from('b9a4bac52cd0d5c3fb0a372cb0d7beb0d0d0', 'hex');
		for (const file of [Buffer.from(`\ufeff${text}`), Buffer.from(`\ufeff${text}`, 'utf16le'), gb]) {
			const { headers, rows } = await read(file);
			expect([headers, rows]).toEqual([['工号', '姓名'], [{ row: 2, cells: ['7', '白景行'] }]]);
		}
	});

	test('counts rows as a spreadsheet does, empty ones included', async () => {
		expect((await read('工号,姓名\n\n1,白景行\n,\n2,单既明\n')).rows.map(({ row }) => row)).toEqual([3, 5]);
	});
});
