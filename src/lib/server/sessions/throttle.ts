import { inArray, sql } from 'drizzle-orm';
import { sessions, signInFailures } from '#db/schema/sessions.ts';
import type { Context } from '../platform/context.ts';
import { tooMany } from '../platform/errors.ts';
import { digest } from '../platform/ids.ts';
import { pauseAfter, type Subject } from './throttle-rule.ts';

/** Whom a failure counts against: the typed account, and the address it was typed at. */
type Tried = { account: string; address: string; knownHere: boolean };
type Key = { key: string; subject: Subject };

/**
 * The keys under which a try counts. Where the account has been signed in from this address before, it counts apart from
 * what strangers elsewhere do: nobody can hold up a colleague by typing wrong passwords under their name.
 */
function keysOf({ account, address, knownHere }: Tried): Key[] {
	const name = account.toLowerCase();
	return [
		{ key: digest(knownHere ? `account ${name} at ${address}` : `account ${name}`), subject: 'account' },
		{ key: digest(`address ${address}`), subject: 'address' }
	];
}

/** Refuses a try that comes too soon after failures. @throws too-many sign-in.too-soon, with the seconds to wait */
export async function demandPatience({ db, now }: Context, tried: Tried): Promise<void> {
	const keys = keysOf(tried).map(({ key }) => key);
	const rows = await db
		.select({ waitUntil: signInFailures.waitUntil })
		.from(signInFailures)
		.where(inArray(signInFailures.key, keys));
	const latest = Math.max(0, ...rows.map(({ waitUntil }) => waitUntil.getTime() - now.getTime()));
	if (latest > 0) throw tooMany('sign-in.too-soon', Math.ceil(latest / 1000));
}

/** Counts a failure against the account and the address. Failures are forgotten a quarter of an hour after the last one. */
export async function countFailure({ db, now }: Context, tried: Tried): Promise<void> {
	for (const { key, subject } of keysOf(tried)) {
		const [row] = await db
			.insert(signInFailures)
			.values({ key, failures: 1, lastFailedAt: now, waitUntil: now })
			.onConflictDoUpdate({
				target: signInFailures.key,
				set: {
					failures: sql`case when ${signInFailures.lastFailedAt} < ${new Date(now.getTime() - 15 * 60_000)} then 1 else ${signInFailures.failures} + 1 end`,
					lastFailedAt: now
				}
			})
			.returning({ failures: signInFailures.failures });
		const pause = pauseAfter(row?.failures ?? 1, subject);
		if (pause > 0) {
			await db
				.update(signInFailures)
				.set({ waitUntil: new Date(now.getTime() + pause * 1000) })
				.where(sql`${signInFailures.key} = ${key}`);
		}
	}
}

/** Forgets what was counted against the account, once its holder is in. What the address did stays. */
export async function forgiveAccount({ db }: Context, tried: Tried): Promise<void> {
	const [account] = keysOf(tried);
	if (account) await db.delete(signInFailures).where(sql`${signInFailures.key} = ${account.key}`);
}

/** Whether the person holds or lately held a session from this address. */
export async function isKnownAt({ db }: Context, personId: string, address: string): Promise<boolean> {
	const [row] = await db
		.select({ id: sessions.id })
		.from(sessions)
		.where(sql`${sessions.personId} = ${personId} and ${sessions.address} = ${address}`)
		.limit(1);
	return row !== undefined;
}
