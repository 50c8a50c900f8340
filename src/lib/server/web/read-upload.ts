import { env } from '../platform/env.ts';
import { invalid } from '../platform/errors.ts';

/** An uploaded file with the fields that came along. */
export type UploadedForm = { fields: FormData; fileName: string; file: Buffer };

const megabyte = 2 ** 20;

/**
 * Reads a form with a file called `file`. What says that it is larger than MINGFA_UPLOAD_LIMIT is not read at all, and what
 * grows larger than that is cut off by the server.
 * @throws invalid upload.too-large | upload.no-file
 */
export async function readUpload(request: Request): Promise<UploadedForm> {
	const tooLarge = () => invalid('upload.too-large', { field: 'file', values: { limit: env.MINGFA_UPLOAD_LIMIT } });
	if (Number(request.headers.get('content-length')) > env.MINGFA_UPLOAD_LIMIT * megabyte) throw tooLarge();

	let fields: FormData;
	try {
		fields = await request.formData();
	} catch (error) {
		if (
			(error as { status?: number }).status === 413 ||
			((error as Error).cause as { status?: number } | undefined)?.status === 413
		)
			throw tooLarge();
		throw invalid('upload.no-file', { field: 'file' });
	}
	const upload = fields.get('file');
	if (!(upload instanceof File) || (upload.size === 0 && upload.name === ''))
		throw invalid('upload.no-file', { field: 'file' });
	return { fields, fileName: upload.name, file: Buffer.from(await upload.arrayBuffer()) };
}
