import { hash } from 'node:crypto';
import { files } from '#db/schema/files.ts';
import type { SignedIn } from '../context.ts';
import { DomainError, invalid } from '../errors.ts';
import { newId } from '../ids.ts';
import { cleanName } from './clean-name.ts';
import { type FileType, fileType, fileTypes } from './file-type.ts';

/** A file as somebody brings it. What the browser says of its type is not asked. */
export type Upload = { name: string; bytes: Buffer };

const megabyte = 2 ** 20;
/** Largest file that is kept, in megabytes: files lie in the database and are backed up with it. */
export const largestFile = 10;

/**
 * Keeps a file, by its content one of `types` and at most `most` megabytes; who may read it, the thing that it belongs to says.
 * @returns its id
 * @throws invalid file.empty | file.too-large | file.type-refused | file.macros | file.old-office | file.encrypted | file.bomb | file.damaged, at the field `file` unless told
 */
export async function keepFile(
	{ db, actor, now }: SignedIn,
	{ name, bytes }: Upload,
	{ types, most = largestFile, field = 'file' }: { types: readonly FileType[]; most?: number; field?: string }
): Promise<string> {
	if (bytes.length === 0) throw invalid('file.empty', { field });
	if (bytes.length > most * megabyte) throw invalid('file.too-large', { field, values: { limit: most } });

	const type = await fileType(bytes).catch((error: unknown) => {
		throw error instanceof DomainError ? invalid(error.code, { field }) : error;
	});
	if (!type || !types.includes(type))
		throw invalid('file.type-refused', { field, values: { types: types.join(' · ').toUpperCase() } });

	const id = newId();
	await db.insert(files).values({
		id,
		name: cleanName(name, type),
		type: fileTypes[type],
		size: bytes.length,
		hash: hash('sha256', bytes),
		bytes,
		broughtBy: actor.personId,
		broughtAt: now
	});
	return id;
}
