import { didDocument } from '#lib/server/certificates/did.ts';
import { listKeys } from '#lib/server/certificates/keys.ts';
import type { RequestHandler } from './$types';

/** The keys with which certificates were ever signed (did:web): whoever has a signed file can check it without us. */
export const GET: RequestHandler = async ({ locals: { ctx }, url }) =>
	new Response(JSON.stringify(didDocument(url.origin, await listKeys(ctx))), {
		headers: {
			'content-type': 'application/did+json',
			'cache-control': 'public, max-age=300',
			'access-control-allow-origin': '*'
		}
	});
