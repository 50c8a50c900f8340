import { invalid } from '#lib/server/platform/errors.ts';
import { decode } from '#lib/server/platform/tables/read-csv.ts';
import { readArchive } from '#lib/server/platform/tables/read-archive.ts';
import { formats, type FormatName } from './all-formats.ts';
import type { Reading } from './format.ts';
import { limits } from './limits.ts';

const zip = Buffer.from('PK\u0003\u0004', 'latin1');
const oldExcel = Buffer.from('d0cf11e0', 'hex');

/** Reads a file of questions, of a stated format or of the one that it shows. @throws invalid formats.* | table.* */
export async function readQuestionFile(
	file: Buffer,
	fileName: string,
	stated?: FormatName
): Promise<{ format: FormatName; reading: Reading }> {
	if (file.length > limits.bytes) throw invalid('table.bomb', { field: 'file' });
	if (file.subarray(0, 4).equals(oldExcel)) throw invalid('table.old-excel', { field: 'file' });
	const format = stated ?? (await recognise(file, fileName));
	const reading = await formats[format].read(file);
	if (reading.questions.length + reading.refused.length === 0) throw invalid('formats.nothing', { field: 'file' });
	return { format, reading };
}

/** The format that a file shows, by what is in it and, where that does not tell, by its name. @throws invalid formats.unrecognised */
export async function recognise(file: Buffer, fileName: string): Promise<FormatName> {
	if (file.subarray(0, 4).equals(zip))
		return (await readArchive(file, limits)).has('xl/workbook.xml') ? 'xlsx' : 'qti21';
	const text = decode(file);
	const head = text.slice(0, 4_000);
	if (/^\ufeff?\s*<[?!a-z]/i.test(head)) return /<(\w+:)?quiz[\s/>]/.test(head) ? 'moodle-xml' : 'qti21';
	const extension = /\.(\w+)$/.exec(fileName)?.[1]?.toLowerCase();
	if (extension === 'gift') return 'gift';
	if (extension === 'csv') return 'csv';
	if (/^\ufeff?[^\n]*(题干|Stem)[^\n]*/i.test(head) && /[,;\t，；]/.test(head.split('\n', 1)[0]!)) return 'csv';
	const hasBraces = text.includes('{') && text.indexOf('{') < text.lastIndexOf('}');
	if (/^[ \t\u3000]*(ANSWER|答案)[ \t\u3000]*[:：]/im.test(text) && !hasBraces) return 'aiken';
	if (hasBraces) return 'gift';
	throw invalid('formats.unrecognised', { field: 'format' });
}
