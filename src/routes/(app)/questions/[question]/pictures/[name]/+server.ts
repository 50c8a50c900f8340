import type { SignedIn } from '#lib/server/platform/context.ts';
import { getPicture } from '#lib/server/questions/pictures.ts';
import type { RequestHandler } from './$types';

/** A picture of a question. What is kept under a name never changes. */
export const GET: RequestHandler = async ({ locals, params }) => {
	const ctx = locals.ctx as SignedIn;
	const { mediaType, bytes } = await getPicture(ctx, { questionId: params.question, name: params.name });
	return new Response(new Uint8Array(bytes), {
		headers: {
			'content-type': mediaType,
			'content-length': String(bytes.length),
			'cache-control': 'private, max-age=86400, immutable'
		}
	});
};
