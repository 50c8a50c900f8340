import { expect, test as plain } from 'vitest';
import { fileType } from '#lib/server/platform/files/file-type.ts';
import { aDocx, aJpeg, aPdf, aPng, aWebp, aWorkbook, aZip } from '#tests/factories/files.ts';

plain.each([
	{ type: 'pdf', file: aPdf() },
	{ type: 'png', file: aPng() },
	{ type: 'jpg', file: aJpeg() },
	{ type: 'webp', file: aWebp() },
	{ type: 'docx', file: aDocx() },
	{ type: 'xlsx', file: aWorkbook([['工号', '姓名']]) }
])('knows a $type by its content', async ({ type, file }) => {
	expect(await fileType(await file)).toBe(type);
});

const claims = (bytes: Buffer, width: number) => {
	bytes.writeUInt32BE(width, 16);
	return bytes;
};

plain.each([
	{ what: 'a page of HTML', file: Buffer.from('<html><script>alert(1)</script></html>') },
	{ what: 'an SVG, which may hold scripts', file: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>') },
	{ what: 'a program', file: Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)]) },
	{ what: 'HTML in front of a PDF', file: Buffer.concat([Buffer.from('<script>1</script>'), aPdf()]) },
	{ what: 'a zip behind a PDF', file: aZip({ a: 'b' }).then((zip) => Buffer.concat([aPdf(), zip])) },
	{ what: 'HTML behind a PNG', file: Buffer.concat([aPng(), Buffer.from('<script>1</script>')]) },
	{ what: 'a PNG that breaks off', file: aPng().subarray(0, -6) },
	{ what: 'a PNG that claims to be 60,000 points wide', file: claims(aPng(), 60_000) },
	{ what: 'a WebP with something behind it', file: Buffer.concat([aWebp(), Buffer.from('<script>')]) },
	{ what: 'the head of a JPEG alone', file: aJpeg().subarray(0, 20) },
	{ what: 'any other zip file', file: aZip({ 'a.exe': 'MZ' }) },
	{ what: 'a zip that merely says it is a document', file: aZip({ '[Content_Types].xml': 'nothing' }) },
	{ what: 'no byte at all', file: Buffer.alloc(0) }
])('does not know $what', async ({ file }) => {
	expect(await fileType(await file)).toBeUndefined();
});

plain.each([
	{ code: 'file.macros', what: 'with macros', file: aDocx({ 'word/vbaProject.bin': 'x' }) },
	{
		code: 'file.bomb',
		what: 'that unpacks to a thousand times its size',
		file: aDocx({ 'word/media/a.xml': ' '.repeat(4e6) })
	},
	{ code: 'file.damaged', what: 'that breaks off', file: aDocx().then((file) => file.subarray(0, 200)) },
	{
		code: 'file.old-office',
		what: 'of the old Office',
		file: Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)])
	}
])('refuses a document $what', async ({ code, file }) => {
	await expect(fileType(await file)).rejects.toThrow(code);
});
