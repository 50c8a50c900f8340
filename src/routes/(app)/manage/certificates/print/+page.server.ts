import { isId } from '#lib/server/platform/ids.ts';
import { verifyAddress } from '#lib/server/certificates/credential.ts';
import { qrOf } from '#lib/server/certificates/qr.ts';
import { listPrintable } from '#lib/server/certificates/queries.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
	const ids = url.searchParams.getAll('certificateIds[]').filter(isId);
	const certificates = await listPrintable(ctx, ids);
	return {
		said: url.searchParams.get('in'),
		sheets: certificates.map((certificate) => {
			const address = verifyAddress(url.origin, certificate.code);
			return { certificate, address, qr: qrOf(address) };
		})
	};
};
