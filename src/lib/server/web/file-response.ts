import type { KeptFile } from '../platform/files/read-file.ts';
import { attachment } from './xlsx-response.ts';

/**
 * A kept file. Only pictures are shown in the browser; all else is saved. Nothing in it is run, whatever it turns out to be.
 */
export function fileResponse({ name, type, bytes }: Pick<KeptFile, 'name' | 'type' | 'bytes'>): Response {
	const saved = attachment(name);
	return new Response(new Uint8Array(bytes), {
		headers: {
			'content-type': type,
			'content-disposition': type.startsWith('image/') ? saved.replace('attachment', 'inline') : saved,
			'content-security-policy': "default-src 'none'; sandbox",
			'x-content-type-options': 'nosniff',
			'cache-control': 'private, no-store'
		}
	});
}
