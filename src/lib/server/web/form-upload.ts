import type { Upload } from '../platform/files/keep-file.ts';
import { invalid } from '../platform/errors.ts';

/** The file of a form's field; undefined where none was chosen. */
export async function formUpload(value: unknown): Promise<Upload | undefined> {
	if (!(value instanceof File) || (value.size === 0 && value.name === '')) return undefined;
	return { name: value.name, bytes: Buffer.from(await value.arrayBuffer()) };
}

/** The same where one has to be chosen. @throws invalid upload.no-file */
export async function neededUpload(value: unknown, field = 'file'): Promise<Upload> {
	const upload = await formUpload(value);
	if (!upload) throw invalid('upload.no-file', { field });
	return upload;
}
