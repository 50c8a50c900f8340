import { eq } from 'drizzle-orm';
import { files } from '#db/schema/files.ts';
import type { Context } from '../context.ts';
import { notFound } from '../errors.ts';

export type KeptFile = { id: string; name: string; type: string; size: number; bytes: Buffer };

/** A kept file with its content. Whoever asks has asked before whether the reader may see what it belongs to. @throws not-found file */
export async function readFile({ db }: Context, id: string): Promise<KeptFile> {
	const [file] = await db
		.select({ id: files.id, name: files.name, type: files.type, size: files.size, bytes: files.bytes })
		.from(files)
		.where(eq(files.id, id));
	if (!file) throw notFound('file');
	return file;
}

/** Removes a file that nothing belongs to any more. */
export async function dropFile({ db }: Context, id: string): Promise<void> {
	await db.delete(files).where(eq(files.id, id));
}
