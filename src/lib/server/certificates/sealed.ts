import { createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import type { certificates } from '#db/schema/certificates.ts';
import { canonical } from './canonical.ts';

export type Sealed = Pick<
	typeof certificates.$inferSelect,
	| 'code'
	| 'kind'
	| 'subjectId'
	| 'periodOn'
	| 'personId'
	| 'templateId'
	| 'versionId'
	| 'year'
	| 'serial'
	| 'printed'
	| 'earnedAt'
	| 'issuedAt'
	| 'follows'
>;

/** What the seal of a certificate covers: everything that was decided on the day of issue. */
function sealedBytes(row: Sealed): Buffer {
	const { code, kind, subjectId, periodOn, personId, templateId, versionId, year, serial, printed, follows } = row;
	const [earnedAt, issuedAt] = [row.earnedAt.toISOString(), row.issuedAt.toISOString()];
	return Buffer.from(
		canonical({
			...{ code, kind, subjectId, periodOn, personId, templateId, versionId, year, serial, printed, follows },
			...{ earnedAt, issuedAt }
		})
	);
}

/** The seal that a certificate is kept with: whoever changes its row without the key is found out. */
export const sealOf = (row: Sealed, key: KeyObject): Buffer => sign(null, sealedBytes(row), key);

/** Whether a certificate says what was sealed. @param publicKey raw, 32 bytes */
export const holdsSeal = (row: Sealed & { seal: Buffer }, publicKey: Buffer): boolean =>
	verify(null, sealedBytes(row), publicKeyOf(publicKey), row.seal);

/** A raw Ed25519 public key as node takes it. */
export const publicKeyOf = (raw: Buffer): KeyObject =>
	createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') }, format: 'jwk' });
