import { crc32, deflateSync } from 'node:zlib';
import { buffer } from 'node:stream/consumers';
import excel from 'exceljs';
import { ZipFile } from 'yazl';
import { fileTypes } from '#lib/server/platform/files/file-type.ts';

/** The smallest PDF that says something. */
export const aPdf = (says = 'proof'): Buffer =>
	Buffer.from(`%PDF-1.4\n1 0 obj\n<< /Title (${says}) >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n`, 'latin1');

/** A grey PNG of that size. */
export function aPng(width = 2, height = 2): Buffer {
	const head = Buffer.alloc(13);
	head.writeUInt32BE(width, 0);
	head.writeUInt32BE(height, 4);
	head[8] = 8;
	const rows = deflateSync(Buffer.alloc(Math.min(2 ** 20, (width + 1) * height)));
	return Buffer.concat([
		Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
		chunk('IHDR', head),
		chunk('IDAT', rows),
		chunk('IEND', Buffer.alloc(0))
	]);
}

function chunk(name: string, data: Buffer): Buffer {
	const made = Buffer.alloc(12 + data.length);
	made.writeUInt32BE(data.length, 0);
	made.write(name, 4, 'latin1');
	data.copy(made, 8);
	made.writeUInt32BE(crc32(made.subarray(4, 8 + data.length)), 8 + data.length);
	return made;
}

/** A JPEG of one grey point, as far as its segments go. */
export const aJpeg = (): Buffer =>
	Buffer.concat([
		Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'),
		Buffer.from('ffc0000b080001000101011100', 'hex'),
		Buffer.from('ffda0008010100003f00', 'hex'),
		Buffer.alloc(32, 1),
		Buffer.from('ffd9', 'hex')
	]);

/** A lossless WebP of one point. */
export function aWebp(): Buffer {
	const file = Buffer.from('524946461c000000574542505650384c0f0000002f00000000071011fd0fa200000000', 'hex');
	const padded = Buffer.concat([file, Buffer.alloc(36 - file.length)]);
	padded.writeUInt32LE(padded.length - 8, 4);
	return padded;
}

/** A zip file of these parts. */
export function aZip(parts: Record<string, string | Buffer>): Promise<Buffer> {
	const zip = new ZipFile();
	for (const [path, content] of Object.entries(parts)) zip.addBuffer(Buffer.from(content as string), path);
	zip.end();
	return buffer(zip.outputStream);
}

const types = (main: string) => `<?xml version="1.0"?><Types><Override PartName="/x" ContentType="${main}"/></Types>`;

/** A Word document of one sentence, with parts of one's own beside. */
export const aDocx = (parts: Record<string, string> = {}): Promise<Buffer> =>
	aZip({
		'[Content_Types].xml': types(`${fileTypes.docx}.main+xml`),
		'word/document.xml': '<w:document><w:body><w:p>集体学法会议纪要</w:p></w:body></w:document>',
		...parts
	});

/** A workbook with these rows. */
export async function aWorkbook(rows: (string | number | null)[][]): Promise<Buffer> {
	const workbook = new excel.Workbook();
	workbook.addWorksheet('Sheet1').addRows(rows);
	return Buffer.from(await workbook.xlsx.writeBuffer());
}
