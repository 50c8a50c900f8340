import { lt, or } from 'drizzle-orm';
import { passwordLinks, sessions, signInFailures, signInPlaces } from '#db/schema/sessions.ts';
import type { Context } from '../platform/context.ts';

const day = 86_400_000;

/** Drops what nobody can use any more: expired sessions, failures of yesterday, links that ended a month ago, places of last season. */
export async function tidyUp({ db, now }: Context): Promise<void> {
	const before = (days: number) => new Date(now.getTime() - days * day);
	await db.delete(sessions).where(lt(sessions.expiresAt, now));
	await db.delete(signInFailures).where(lt(signInFailures.lastFailedAt, before(1)));
	await db.delete(signInPlaces).where(lt(signInPlaces.lastAt, before(90)));
	await db
		.delete(passwordLinks)
		.where(
			or(
				lt(passwordLinks.expiresAt, before(30)),
				lt(passwordLinks.usedAt, before(30)),
				lt(passwordLinks.replacedAt, before(30))
			)
		);
}
