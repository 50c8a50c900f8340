import type { SignedIn } from '../platform/context.ts';
import { conflict } from '../platform/errors.ts';
import { credentialToken, signedCredential } from './credential.ts';
import { signingKey } from './keys.ts';
import { getOwnCertificate } from './queries.ts';

type Asked = { id: string; origin: string; locale: 'zh-CN' | 'en'; as: 'json' | 'jwt' };

/** The signed credential of a certificate of the actor's own that holds. @throws not-found certificate.not-found, conflict certificate.revoked */
export async function readCredential(ctx: SignedIn, { id, origin, locale, as }: Asked) {
	const certificate = await getOwnCertificate(ctx, id);
	if (certificate.revokedAt) throw conflict('certificate.revoked');
	const key = await signingKey(ctx);
	const { number } = certificate.printed;
	return as === 'jwt'
		? { number, text: await credentialToken(certificate, key, origin, locale) }
		: { number, text: `${JSON.stringify(signedCredential(certificate, key, origin, locale), null, '\t')}\n` };
}
