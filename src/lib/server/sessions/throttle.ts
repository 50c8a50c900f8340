import { eq, inArray, sql } from 'drizzle-orm';
import { signInFailures, signInPlaces } from '#db/schema/sessions.ts';
import type { Context } from '../platform/context.ts';
import { tooMany } from '../platform/errors.ts';
import { digest } from '../platform/ids.ts';
import { pauseAfter, placeOf, type Subject } from './throttle-rule.ts';

/** A try: the account as typed, where it came from, and whether the account's holder has been in from there before. */
type Tried = { account: string; address: string; isKnown: boolean };
type Key = { key: string; subject: Subject };

const memory = 15 * 60_000;

/**
 * Under which keys a try counts: the typed account and the place. Where its holder has been in before, an account counts
 * apart from what strangers elsewhere do: nobody can hold up a colleague by typing wrong passwords under their name.
 */
function keysOf({ account, address, isKnown }: Tried): [account: Key, place: Key] {
	const [name, place] = [account.normalize('NFKC').toLowerCase(), placeOf(address)];
	return [
		{ key: digest(isKnown ? `account ${name} at ${place}` : `account ${name}`), subject: 'account' },
		{ key: digest(`address ${place}`), subject: 'address' }
	];
}

/**
 * Refuses a try that comes too soon after failures. Those who are known at a place do not wait for what others do there.
 * @throws too-many sign-in.too-soon, with the seconds to wait
 */
export async function demandPatience({ db, now }: Context, tried: Tried): Promise<void> {
	const [account, place] = keysOf(tried);
	const keys = tried.isKnown ? [account.key] : [account.key, place.key];
	const rows = await db
		.select({ waitUntil: signInFailures.waitUntil })
		.from(signInFailures)
		.where(inArray(signInFailures.key, keys));
	const latest = Math.max(0, ...rows.map(({ waitUntil }) => waitUntil.getTime() - now.getTime()));
	if (latest > 0) throw tooMany('sign-in.too-soon', Math.ceil(latest / 1000));
}

/** Counts a failure against the account and the place. Failures are forgotten a quarter of an hour after the last one. */
export async function countFailure({ db, now }: Context, tried: Tried): Promise<void> {
	const forgotten = new Date(now.getTime() - memory);
	for (const { key, subject } of keysOf(tried)) {
		const [row] = await db
			.insert(signInFailures)
			.values({ key, failures: 1, lastFailedAt: now, waitUntil: now })
			.onConflictDoUpdate({
				target: signInFailures.key,
				set: {
					failures: sql`case when ${signInFailures.lastFailedAt} < ${forgotten} then 1 else ${signInFailures.failures} + 1 end`,
					lastFailedAt: now
				}
			})
			.returning({ failures: signInFailures.failures });

		const pause = pauseAfter(row?.failures ?? 1, subject);
		if (pause === 0) continue;
		const waitUntil = new Date(now.getTime() + pause * 1000);
		await db.update(signInFailures).set({ waitUntil }).where(eq(signInFailures.key, key));
	}
}

/** Forgets what was counted against the account, once its holder is in. What the place did stays. */
export async function forgiveAccount({ db }: Context, tried: Tried): Promise<void> {
	const [account] = keysOf(tried);
	await db.delete(signInFailures).where(eq(signInFailures.key, account.key));
}

/** Whether the person has lately been in from this place. */
export async function isKnownAt({ db }: Context, personId: string | null, address: string): Promise<boolean> {
	const rows = await db
		.select({ place: signInPlaces.place })
		.from(signInPlaces)
		.where(sql`${signInPlaces.personId} = ${personId} and ${signInPlaces.place} = ${digest(placeOf(address))}`);
	return rows.length > 0;
}

/** Remembers that the person was in from this place. */
export async function rememberPlace({ db, now }: Context, personId: string, address: string): Promise<void> {
	await db
		.insert(signInPlaces)
		.values({ personId, place: digest(placeOf(address)), lastAt: now })
		.onConflictDoUpdate({ target: [signInPlaces.personId, signInPlaces.place], set: { lastAt: now } });
}
