import { hash, sign } from 'node:crypto';
import { CompactSign } from 'jose';
import { filledWording, groupedCode } from '#lib/format/certificates.ts';
import type { CertificateKind } from '#lib/schemas/certificates.ts';
import { base58 } from './base58.ts';
import { canonical } from './canonical.ts';
import { didOf, methodOf } from './did.ts';
import type { SigningKey } from './keys.ts';
import type { Certificate } from './queries.ts';

const context = ['https://www.w3.org/ns/credentials/v2', 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'];

const achievementTypes: Record<CertificateKind, string> = {
	course: 'Course',
	class: 'LearningProgram',
	exam: 'Assessment',
	programme: 'LearningProgram'
};

type Locale = 'zh-CN' | 'en';

/** Where a certificate is checked. */
export const verifyAddress = (origin: string, code: string): string => `${origin}/verify/${groupedCode(code)}`;

/** A certificate as an Open Badges 3.0 credential (a W3C verifiable credential), in one language; says no more than what is printed. */
export function credentialOf(certificate: Certificate, origin: string, locale: Locale) {
	const { kind, printed, code, earnedAt, issuedAt } = certificate;
	const issuer = { id: didOf(origin), type: ['Profile'], name: certificate.issuer[locale], url: origin };
	const subject = printed.subject[locale];
	const values = { ...printed, subject, hours: printed.hours?.toString(), date: printed.earnedOn };
	return {
		'@context': context,
		id: verifyAddress(origin, code),
		type: ['VerifiableCredential', 'OpenBadgeCredential'],
		name: `${certificate.title[locale]} ${printed.number}`,
		issuer,
		validFrom: issuedAt,
		awardedDate: earnedAt,
		credentialSubject: {
			type: ['AchievementSubject'],
			identifier: [{ type: 'IdentityObject', hashed: false, identityHash: printed.name, identityType: 'name' }],
			achievement: {
				id: `urn:uuid:${certificate.subjectId}`,
				type: ['Achievement'],
				achievementType: achievementTypes[kind],
				creator: issuer,
				name: subject,
				description: filledWording(certificate.body[locale], values),
				criteria: { narrative: filledWording(certificate.body[locale], values) },
				inLanguage: locale
			}
		}
	};
}

/**
 * The credential as a JSON file that carries its own proof: Data Integrity, cryptosuite eddsa-jcs-2022 (W3C). Signed is
 * SHA-256 of the proof's options followed by SHA-256 of the credential, each in canonical form.
 */
export function signedCredential(certificate: Certificate, key: SigningKey, origin: string, locale: Locale) {
	const credential = credentialOf(certificate, origin, locale);
	const options = {
		type: 'DataIntegrityProof',
		cryptosuite: 'eddsa-jcs-2022',
		created: certificate.issuedAt.replace(/\.\d+/, '').replace('+00:00', 'Z'),
		verificationMethod: methodOf(origin, key.id),
		proofPurpose: 'assertionMethod',
		'@context': context
	};
	const digests = [options, credential].map((part) => hash('sha256', canonical(part), 'buffer'));
	const proofValue = `z${base58(sign(null, Buffer.concat(digests), key.privateKey))}`;
	return { ...credential, proof: { ...options, proofValue } };
}

/** The credential as a signed token (VC-JWT, EdDSA), the form that wallets of Open Badges take in. */
export function credentialToken(
	certificate: Certificate,
	key: SigningKey,
	origin: string,
	locale: Locale
): Promise<string> {
	const credential = credentialOf(certificate, origin, locale);
	const claims = {
		...credential,
		iss: credential.issuer.id,
		jti: credential.id,
		nbf: Math.floor(new Date(certificate.issuedAt).getTime() / 1000)
	};
	return new CompactSign(Buffer.from(JSON.stringify(claims)))
		.setProtectedHeader({ alg: 'EdDSA', typ: 'JWT', kid: `${methodOf(origin, key.id)}-jwk` })
		.sign(key.privateKey);
}
