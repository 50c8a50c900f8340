import { and, eq, gt, isNull, type SQL } from 'drizzle-orm';
import { passwordLinks } from '#db/schema/sessions.ts';
import { digest } from '../platform/ids.ts';
import { normalSecret } from './link-rule.ts';

/** The link of that secret, while it can be used: not used up, not replaced, not expired. */
export function isLive(secret: string, now: Date): SQL | undefined {
	const { secretHash, usedAt, replacedAt, expiresAt } = passwordLinks;
	return and(eq(secretHash, digest(normalSecret(secret))), isNull(usedAt), isNull(replacedAt), gt(expiresAt, now));
}
