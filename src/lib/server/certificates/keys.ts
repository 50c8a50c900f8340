import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { asc, isNull } from 'drizzle-orm';
import { certificateKeys } from '#db/schema/certificates.ts';
import { demandEverywhere } from '../access/scope.ts';
import { record } from '../audit/record.ts';
import { atomically, type Context, type SignedIn } from '../platform/context.ts';
import { newId } from '../platform/ids.ts';

export type SigningKey = { id: string; publicKey: Buffer; privateKey: KeyObject };

/** The key that signs today. It lies in the database, so that every process has the same one; the first to ask makes it. */
export async function signingKey(ctx: Context): Promise<SigningKey> {
	const found = await findActive(ctx);
	if (found) return found;
	await makeKey(ctx);
	return (await findActive(ctx))!;
}

async function findActive({ db }: Context): Promise<SigningKey | undefined> {
	const [row] = await db.select().from(certificateKeys).where(isNull(certificateKeys.retiredAt));
	if (!row?.privateKey) return undefined;
	const privateKey = createPrivateKey({ key: row.privateKey, format: 'der', type: 'pkcs8' });
	return { id: row.id, publicKey: row.publicKey, privateKey };
}

/** Two who make one at the same time make one: the other finds it. */
async function makeKey({ db, now }: Context): Promise<void> {
	const { publicKey, privateKey } = generateKeyPairSync('ed25519');
	await db
		.insert(certificateKeys)
		.values({
			id: newId(),
			publicKey: Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url'),
			privateKey: privateKey.export({ format: 'der', type: 'pkcs8' }),
			createdAt: now
		})
		.onConflictDoNothing();
}

/** Every key that ever signed, the oldest first: their public halves are published for good. */
export const listKeys = ({ db }: Context) =>
	db
		.select({
			id: certificateKeys.id,
			publicKey: certificateKeys.publicKey,
			createdAt: certificateKeys.createdAt,
			retiredAt: certificateKeys.retiredAt
		})
		.from(certificateKeys)
		.orderBy(asc(certificateKeys.createdAt), asc(certificateKeys.id));

export type PublishedKey = Awaited<ReturnType<typeof listKeys>>[number];

/**
 * Retires the key and makes another. What the old one signed stays valid: its public half stays published, its private half is
 * gone. @throws forbidden access.forbidden
 */
export function rotateKey(ctx: SignedIn): Promise<void> {
	demandEverywhere(ctx, 'settings:edit');
	return atomically(ctx, async (ctx) => {
		const { id } = await signingKey(ctx);
		await ctx.db
			.update(certificateKeys)
			.set({ retiredAt: ctx.now, retiredBy: ctx.actor.personId, privateKey: null })
			.where(isNull(certificateKeys.retiredAt));
		await makeKey(ctx);
		await record(ctx, 'certificate.key-rotated', id);
	});
}
