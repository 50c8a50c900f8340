import { and, desc, eq, gt, sql } from 'drizzle-orm';
import { people } from '#db/schema/people.ts';
import { accounts, passwordLinks, sessions } from '#db/schema/sessions.ts';
import type { Context, SignedIn } from '../platform/context.ts';
import { notFound } from '../platform/errors.ts';
import { digest } from '../platform/ids.ts';
import { deviceOf } from './device-of.ts';
import { isLive } from './live-link.ts';

/** Whom a link that can still be used belongs to. @throws not-found link.not-found */
export async function getLink({ db, now }: Context, secret: string) {
	const [link] = await db
		.select({
			personId: people.id,
			name: people.name,
			staffNumber: people.staffNumber,
			username: accounts.username,
			isFirst: sql<boolean>`${accounts.passwordHash} is null`
		})
		.from(passwordLinks)
		.innerJoin(accounts, eq(accounts.personId, passwordLinks.personId))
		.innerJoin(people, eq(people.id, passwordLinks.personId))
		.where(isLive(secret, now));
	if (!link) throw notFound('link');
	return link;
}

/** Where the actor is signed in, the latest first. `key` names a session without being a way into it. */
export async function listOwnSessions({ db, actor, now }: SignedIn, current: string) {
	const rows = await db
		.select()
		.from(sessions)
		.where(and(eq(sessions.personId, actor.personId), gt(sessions.expiresAt, now)))
		.orderBy(desc(sessions.createdAt));
	return rows.map(({ id, createdAt, expiresAt, remembered, userAgent, address }) => ({
		key: id,
		isCurrent: id === digest(current),
		device: deviceOf(userAgent),
		address,
		createdAt,
		expiresAt,
		remembered
	}));
}

/** How the actor signs in: name, staff number, username, and when the password was set. @throws not-found account.not-found */
export async function getOwnAccount({ db, actor }: SignedIn) {
	const [account] = await db
		.select({
			name: people.name,
			staffNumber: people.staffNumber,
			email: people.email,
			username: accounts.username,
			passwordChangedAt: accounts.passwordChangedAt
		})
		.from(accounts)
		.innerJoin(people, eq(people.id, accounts.personId))
		.where(eq(accounts.personId, actor.personId));
	if (!account) throw notFound('account');
	return account;
}
