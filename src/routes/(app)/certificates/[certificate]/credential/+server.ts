import { readCredential } from '#lib/server/certificates/read-credential.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { attachment } from '#lib/server/web/xlsx-response.ts';
import { getLocale } from '#lib/paraglide/runtime.js';
import type { RequestHandler } from './$types';

/** The signed credential of one's own certificate: a JSON file with its proof, or with `?as=jwt` a token. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
	const as = url.searchParams.get('as') === 'jwt' ? 'jwt' : 'json';
	const said = url.searchParams.get('in');
	const locale = said === 'en' || said === 'zh-CN' ? said : getLocale();
	const asked = { id: params.certificate, origin: url.origin, locale, as } as const;
	const { number, text } = await readCredential(locals.ctx as SignedIn, asked);
	return new Response(text, {
		headers: {
			'content-type': as === 'jwt' ? 'application/vc+jwt' : 'application/vc',
			'content-disposition': attachment(`${number}.${as}`),
			'cache-control': 'private, no-store'
		}
	});
};
