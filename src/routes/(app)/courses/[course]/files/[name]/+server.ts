import { getFile } from '#lib/server/courses/get-file.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params, request }) => {
	const { type, bytes, hash } = await getFile(locals.ctx, params);
	const headers = { etag: `"${hash}"`, 'cache-control': 'private, max-age=3600' };
	if (request.headers.get('if-none-match') === headers.etag) return new Response(null, { status: 304, headers });

	// Pictures only, whatever came in: nothing that a browser would run.
	const safe = type.startsWith('image/') && type !== 'image/svg+xml' ? type : 'application/octet-stream';
	return new Response(new Uint8Array(bytes), {
		headers: { ...headers, 'content-type': safe, 'content-length': String(bytes.length) }
	});
};
