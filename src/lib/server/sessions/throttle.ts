import { eq, inArray, type SQL, sql } from 'drizzle-orm';
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
export async function demandPatience(ctx: Context, tried: Tried): Promise<void> {
	const [account, place] = keysOf(tried);
	const seconds = await secondsToWait(ctx, tried.isKnown ? [account.key] : [account.key, place.key]);
	if (seconds > 0) throw tooMany('sign-in.too-soon', seconds);
}

/** Counts a failure against the account and the place. */
export async function countFailure(ctx: Context, tried: Tried): Promise<void> {
	for (const key of keysOf(tried)) await countAgainst(ctx, key);
}

/** Forgets what was counted against the account, once its holder is in. What the place did stays. */
export async function forgiveAccount(ctx: Context, tried: Tried): Promise<void> {
	const [account] = keysOf(tried);
	await forgive(ctx, account);
}

/** The key of other secrets that one person may mistype, such as an exam's access code: slowed as an account is. */
export const triesOf = (name: string): Key => ({ key: digest(name), subject: 'account' });

/** How long the next try has to wait; 0 where it may come now. */
export async function secondsToWait({ db, now }: Context, keys: string[]): Promise<number> {
	const rows = await db
		.select({ waitUntil: signInFailures.waitUntil })
		.from(signInFailures)
		.where(inArray(signInFailures.key, keys));
	const latest = Math.max(0, ...rows.map(({ waitUntil }) => waitUntil.getTime() - now.getTime()));
	return Math.ceil(latest / 1000);
}

/** SQL: whether a try under a key has to wait. */
export const mustWait = (key: SQL, at: SQL): SQL =>
	sql`exists (select 1 from ${signInFailures} f where f.key = ${key} and f.wait_until > ${at})`;

/** Counts a failure. Failures are forgotten a quarter of an hour after the last one. */
export async function countAgainst({ db, now }: Context, { key, subject }: Key): Promise<void> {
	const forgotten = new Date(now.getTime() - memory);
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
	if (pause === 0) return;
	const waitUntil = new Date(now.getTime() + pause * 1000);
	await db.update(signInFailures).set({ waitUntil }).where(eq(signInFailures.key, key));
}

/** Forgets what was counted under a key. */
export async function forgive({ db }: Context, { key }: Key): Promise<void> {
	await db.delete(signInFailures).where(eq(signInFailures.key, key));
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
