import { verifyAddress } from '#lib/server/certificates/credential.ts';
import { qrOf } from '#lib/server/certificates/qr.ts';
import { getOwnCertificate } from '#lib/server/certificates/queries.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const certificate = await getOwnCertificate(locals.ctx as SignedIn, params.certificate);
	const address = verifyAddress(url.origin, certificate.code);
	return { certificate, address, qr: qrOf(address), said: url.searchParams.get('in') };
};
