import { createPublicKey, hash, verify } from 'node:crypto';
import { compactVerify, importJWK, type JWK } from 'jose';
import { expect } from 'vitest';
import { canonical } from '#lib/server/certificates/canonical.ts';
import { didDocument } from '#lib/server/certificates/did.ts';
import { listKeys, rotateKey } from '#lib/server/certificates/keys.ts';
import { readCredential } from '#lib/server/certificates/read-credential.ts';
import { revokeCertificate } from '#lib/server/certificates/revoke-certificate.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { aCertificate, anHr } from '#tests/factories/certificates.ts';
import { aPerson } from '#tests/factories/people.ts';
import { as, theProvince } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

const origin = 'https://study.example.org:8443';
const asked = { origin, locale: 'zh-CN' } as const;

/** What anybody can fetch. */
const published = async (ctx: Context) => didDocument(origin, await listKeys(ctx));
type Did = Awaited<ReturnType<typeof published>>;

const digits = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** The bytes of a multibase value, by a reader of its own. */
function bytesOf(multibase: string): Buffer {
	expect(multibase[0]).toBe('z');
	let number = 0n;
	for (const digit of multibase.slice(1)) number = number * 58n + BigInt(digits.indexOf(digit));
	const hex = number.toString(16);
	return Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
}

/** Checks a credential as somebody does who has nothing but the file and the published document. */
function checks(file: string, did: Did): boolean {
	const { proof, ...credential } = JSON.parse(file) as { proof: Record<string, string> };
	const { proofValue, ...options } = proof;
	const method = did.verificationMethod.find(({ id }) => id === proof.verificationMethod) as {
		publicKeyMultibase: string;
	};
	const raw = bytesOf(method.publicKeyMultibase).subarray(2);
	const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') }, format: 'jwk' });
	const data = Buffer.concat([options, credential].map((part) => hash('sha256', canonical(part), 'buffer')));
	return verify(null, data, key, bytesOf(proofValue!));
}

test('the file can be checked with the published key alone, and no letter of it changed', async ({ ctx }) => {
	const { certificate, person } = await aCertificate(ctx);
	const { text } = await readCredential(as(ctx, person.id), { id: certificate.id, ...asked, as: 'json' });
	const did = await published(ctx);
	expect(did.id).toBe('did:web:study.example.org%3A8443');
	expect(checks(text, did)).toBe(true);
	expect(checks(text.replace(person.name, '某某某'), did)).toBe(false);
});

test('says what is printed and no more', async ({ ctx }) => {
	const { certificate, person, course } = await aCertificate(ctx);
	const { text } = await readCredential(as(ctx, person.id), { id: certificate.id, ...asked, as: 'json' });
	expect(text).not.toContain(person.staffNumber);
	expect(text).not.toContain(person.id);
	expect(JSON.parse(text)).toMatchObject({
		type: ['VerifiableCredential', 'OpenBadgeCredential'],
		id: expect.stringMatching(/^https:\/\/study\.example\.org:8443\/verify\/(\w{4}-){3}\w{4}$/),
		issuer: { id: 'did:web:study.example.org%3A8443' },
		credentialSubject: {
			identifier: [{ identityHash: person.name }],
			achievement: { id: `urn:uuid:${course.id}`, name: '示例用工管理法', achievementType: 'Course' }
		},
		proof: { type: 'DataIntegrityProof', cryptosuite: 'eddsa-jcs-2022' }
	});
});

test('the token is checked by another implementation, with the published key', async ({ ctx }) => {
	const { certificate, person } = await aCertificate(ctx);
	const { text } = await readCredential(as(ctx, person.id), { id: certificate.id, ...asked, as: 'jwt' });
	const did = await published(ctx);
	const { payload } = await compactVerify(text, async ({ kid }) => {
		const method = did.verificationMethod.find(({ id }) => id === kid) as { publicKeyJwk: JWK };
		return importJWK(method.publicKeyJwk, 'EdDSA');
	});
	expect(JSON.parse(Buffer.from(payload).toString())).toMatchObject({
		iss: did.id,
		type: ['VerifiableCredential', 'OpenBadgeCredential']
	});
});

test('what an older key signed stays valid after the key was changed', async ({ ctx }) => {
	const { certificate, person } = await aCertificate(ctx);
	const holder = as(ctx, person.id);
	const before = await readCredential(holder, { id: certificate.id, ...asked, as: 'json' });
	const province = await theProvince(ctx);
	await rotateKey(as(ctx, (await aPerson(ctx)).id, { role: 'admin', unit: province }));
	const after = await readCredential(holder, { id: certificate.id, ...asked, as: 'json' });
	const did = await published(ctx);
	expect(checks(before.text, did)).toBe(true);
	expect(checks(after.text, did)).toBe(true);
	expect(JSON.parse(before.text).proof.verificationMethod).not.toBe(JSON.parse(after.text).proof.verificationMethod);
	expect((await listKeys(ctx)).map(({ retiredAt }) => retiredAt !== null)).toEqual([true, false]);
});

test('only administrators of the whole change the key', async ({ ctx }) => {
	await expect(async () => rotateKey(await anHr(ctx))).rejects.toThrow('access.forbidden');
});

test('is for its holder, while it holds', async ({ ctx }) => {
	const { certificate, person } = await aCertificate(ctx);
	const ask = (ctx: Parameters<typeof readCredential>[0]) =>
		readCredential(ctx, { id: certificate.id, ...asked, as: 'json' });
	await expect(ask(as(ctx, (await aPerson(ctx)).id))).rejects.toThrow('certificate.not-found');
	await revokeCertificate(await anHr(ctx), { certificateId: certificate.id, because: '误发' });
	await expect(ask(as(ctx, person.id))).rejects.toThrow('certificate.revoked');
});

test('canonical JSON sorts keys at every depth and keeps arrays as they are', () => {
	expect(canonical({ b: [2, { d: 1, c: null }], a: '中', '1': undefined, Z: 4.5 })).toBe(
		'{"Z":4.5,"a":"中","b":[2,{"c":null,"d":1}]}'
	);
});
