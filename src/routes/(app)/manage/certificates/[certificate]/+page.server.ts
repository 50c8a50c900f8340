import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/certificates.ts';
import { canSomewhere } from '#lib/server/access/scope.ts';
import { verifyAddress } from '#lib/server/certificates/credential.ts';
import { qrOf } from '#lib/server/certificates/qr.ts';
import { getCertificate } from '#lib/server/certificates/queries.ts';
import { reissueCertificate } from '#lib/server/certificates/reissue-certificate.ts';
import { revokeCertificate } from '#lib/server/certificates/revoke-certificate.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
	const certificate = await getCertificate(ctx, params.certificate);
	const address = verifyAddress(url.origin, certificate.code);
	return {
		...{ certificate, address, qr: qrOf(address) },
		revoking: url.searchParams.has('revoke'),
		mayDecide: canSomewhere(ctx.actor, 'certificate:edit') && certificate.personId !== ctx.actor.personId
	};
};

export const actions = {
	revoke: formAction(schemas.revokeCertificate, revokeCertificate, (_, { cookies, url }) => {
		setFlash(cookies, { text: m.certificates_revoked_flash() });
		return url.pathname;
	}),
	reissue: formAction(schemas.reissueCertificate, reissueCertificate, (_, { cookies, url }) => {
		setFlash(cookies, { text: m.certificates_reissued_flash() });
		return url.pathname;
	})
} satisfies Actions;
