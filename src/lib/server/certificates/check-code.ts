import { placeOf } from '../sessions/throttle-rule.ts';
import { countAgainst, secondsToWait } from '../sessions/throttle.ts';
import type { Context } from '../platform/context.ts';
import { tooMany } from '../platform/errors.ts';
import { digest } from '../platform/ids.ts';
import { type Certificate, findByCode } from './queries.ts';

/** What anybody may read who has a certificate in hand: what is printed on it, and whether it holds. Why it was revoked, only in general. */
export type Checked = Pick<
	Certificate,
	'kind' | 'code' | 'title' | 'issuer' | 'issuedAt' | 'revokedAt' | 'revokedGround'
> & { printed: Pick<Certificate['printed'], 'name' | 'subject' | 'earnedOn' | 'number'>; followed: boolean };

/**
 * Checks a code for anybody. Codes that lead nowhere are counted against the place that they come from, which waits once there
 * have been many; who has a certificate in hand is not slowed by others.
 * @returns undefined where there is no such certificate
 * @throws too-many certificate.too-many, with the seconds to wait
 */
export async function checkCode(ctx: Context, typed: string, address: string): Promise<Checked | undefined> {
	const key = { key: digest(`verify at ${placeOf(address)}`), subject: 'address' as const };
	const found = await findByCode(ctx, typed);
	if (!found) {
		const seconds = await secondsToWait(ctx, [key.key]);
		if (seconds > 0) throw tooMany('certificate.too-many', seconds);
		await countAgainst(ctx, key);
		return undefined;
	}
	const { kind, code, printed, title, issuer, issuedAt, revokedAt, revokedGround, followedBy } = found;
	const { name, subject, earnedOn, number } = printed;
	return {
		...{ kind, code, title, issuer, issuedAt, revokedAt, revokedGround },
		printed: { name, subject, earnedOn, number },
		followed: followedBy !== null
	};
}
