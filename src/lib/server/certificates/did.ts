import type { PublishedKey } from './keys.ts';
import { base58 } from './base58.ts';

/** Before a raw Ed25519 key, in multicodec. */
const ed25519 = Buffer.from([0xed, 0x01]);

/** The name of this platform as an issuer (did:web): its host, with the port where it has one. */
export const didOf = (origin: string): string => `did:web:${encodeURIComponent(new URL(origin).host)}`;

/** Under which name a key is found in the issuer's document: as Multikey, and, with `-jwk`, as JSON Web Key. */
export const methodOf = (origin: string, keyId: string): string => `${didOf(origin)}#${keyId}`;

/** The issuer's document, published at /.well-known/did.json: every key that ever signed, so that what it signed can be checked for good. */
export function didDocument(origin: string, keys: readonly PublishedKey[]) {
	const id = didOf(origin);
	const methods = keys.flatMap(({ id: key, publicKey }) => [
		{
			id: methodOf(origin, key),
			type: 'Multikey',
			controller: id,
			publicKeyMultibase: `z${base58(Buffer.concat([ed25519, publicKey]))}`
		},
		{
			id: `${methodOf(origin, key)}-jwk`,
			type: 'JsonWebKey',
			controller: id,
			publicKeyJwk: { kty: 'OKP', crv: 'Ed25519', x: publicKey.toString('base64url') }
		}
	]);
	return {
		'@context': [
			'https://www.w3.org/ns/did/v1',
			'https://w3id.org/security/multikey/v1',
			'https://w3id.org/security/jwk/v1'
		],
		id,
		verificationMethod: methods,
		assertionMethod: methods.map((method) => method.id)
	};
}
