import { DomainError, invalid } from '../errors.ts';
import type { ArchiveLimits } from '../tables/limits.ts';
import { type Archive, readArchive } from '../tables/read-archive.ts';
import { isJpeg, isPng, isWebp } from './picture-type.ts';

/** The kinds of file that are kept, by the ending of their name. */
export const fileTypes = {
	pdf: 'application/pdf',
	png: 'image/png',
	jpg: 'image/jpeg',
	webp: 'image/webp',
	docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
	xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
} as const;

export type FileType = keyof typeof fileTypes;

export const pictures: readonly FileType[] = ['png', 'jpg', 'webp'];
export const documents: readonly FileType[] = ['pdf', 'docx', 'xlsx'];
/** Paper that was scanned, photographed or sent: what proves something. */
export const proofs: readonly FileType[] = ['pdf', ...pictures];

/** A document of an office is some hundred parts; pictures in it hardly shrink, text shrinks to a tenth. */
const limits: ArchiveLimits = { parts: 2_000, unpacked: 128 * 2 ** 20, ratio: 100 };

/**
 * What a file is by its content, whatever its name says. Undefined for everything that is not kept here, among it files that
 * begin as one thing and go on as another.
 * @throws invalid file.macros | file.old-office | file.encrypted | file.bomb | file.damaged
 */
export async function fileType(bytes: Buffer): Promise<FileType | undefined> {
	if (isPdf(bytes)) return 'pdf';
	if (isPng(bytes)) return 'png';
	if (isJpeg(bytes)) return 'jpg';
	if (isWebp(bytes)) return 'webp';
	if (startsWith(bytes, 'PK\x03\x04')) return officeType(bytes);
	// The older formats of Office, and newer ones with a password, are compound files.
	if (startsWith(bytes, '\xd0\xcf\x11\xe0')) throw invalid('file.old-office');
	return undefined;
}

const startsWith = (bytes: Buffer, mark: string) => bytes.subarray(0, mark.length).equals(Buffer.from(mark, 'latin1'));

/** From its very beginning to its very end: whatever stands before or after could be read as something else. */
function isPdf(bytes: Buffer): boolean {
	return (
		/^%PDF-[12]\.\d/.test(bytes.toString('latin1', 0, 8)) &&
		/%%EOF[\s\0]*$/.test(bytes.toString('latin1', Math.max(0, bytes.length - 1024)))
	);
}

/** Of a zip file, whether it is a document or a workbook without macros; no other one is kept. */
async function officeType(bytes: Buffer): Promise<FileType | undefined> {
	const archive = await readArchive(bytes, limits).catch((error: unknown) => Promise.reject(named(error)));
	if (!archive.has('[Content_Types].xml')) return undefined;

	const parts = await contentTypes(archive);
	if (/macroEnabled|vbaProject|activeX/i.test(parts) || archive.paths.some((path) => /vbaProject|activeX/i.test(path)))
		throw invalid('file.macros');
	if (parts.includes(`${fileTypes.docx}.main+xml`) && archive.has('word/document.xml')) return 'docx';
	if (parts.includes(`${fileTypes.xlsx}.main+xml`) && archive.has('xl/workbook.xml')) return 'xlsx';
	return undefined;
}

const contentTypes = (archive: Archive) =>
	archive.text('[Content_Types].xml').catch((error: unknown) => Promise.reject(named(error)));

/** Refusals of the reader of archives, in the words of files. */
const words: Record<string, string> = {
	'table.damaged': 'file.damaged',
	'table.encrypted': 'file.encrypted',
	'table.bomb': 'file.bomb'
};

function named(error: unknown): unknown {
	const code = error instanceof DomainError ? words[error.code] : undefined;
	return code ? Object.assign(invalid(code), { cause: error }) : error;
}
