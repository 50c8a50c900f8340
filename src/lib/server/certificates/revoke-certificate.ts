import type * as v from 'valibot';
import type * as schemas from '#lib/schemas/certificates.ts';
import { atomically, type SignedIn } from '../platform/context.ts';
import { conflict } from '../platform/errors.ts';
import { getDecidable } from './queries.ts';
import { revokeAll } from './revoke-all.ts';

/**
 * Revokes a certificate of somebody else for a reason that its holder reads; anybody who checks it reads only that it was
 * decided. Nothing issues it again by itself.
 * @throws not-found certificate.not-found, forbidden access.own-case, conflict certificate.revoked
 */
export function revokeCertificate(
	ctx: SignedIn,
	{ certificateId, because }: v.InferOutput<typeof schemas.revokeCertificate>
): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const { id, personId, printed, revokedAt } = await getDecidable(ctx, certificateId);
		if (revokedAt) throw conflict('certificate.revoked');
		await revokeAll(ctx, [{ id, personId, subject: printed.subject, ground: 'decided', because }], ctx.actor.personId);
	});
}
