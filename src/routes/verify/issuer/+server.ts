import { m } from '#lib/paraglide/messages.js';
import { didDocument, didOf } from '#lib/server/certificates/did.ts';
import { listKeys } from '#lib/server/certificates/keys.ts';
import type { RequestHandler } from './$types';

/** Who issues here, as an Open Badges profile, with the keys. */
export const GET: RequestHandler = async ({ locals: { ctx }, url }) => {
	const { verificationMethod } = didDocument(url.origin, await listKeys(ctx));
	const profile = {
		'@context': ['https://www.w3.org/ns/credentials/v2', 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'],
		...{ id: didOf(url.origin), type: ['Profile'], name: m.shell_brand(), url: url.origin, verificationMethod }
	};
	return new Response(JSON.stringify(profile), {
		headers: {
			'content-type': 'application/ld+json',
			'cache-control': 'public, max-age=300',
			'access-control-allow-origin': '*'
		}
	});
};
