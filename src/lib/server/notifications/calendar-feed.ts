import { eq, sql } from 'drizzle-orm';
import { calendarEntries, calendarFeeds } from '#db/schema/notifications.ts';
import { record } from '../audit/record.ts';
import type { CalendarEntry } from '../platform/calendar.ts';
import { atomically, type Context, type SignedIn } from '../platform/context.ts';
import { notFound, tooMany } from '../platform/errors.ts';
import { digest, newSecret } from '../platform/ids.ts';

/** Readings within an hour; calendar programmes ask a few times a day. */
const mostReads = 30;
const hour = 3_600_000;
const secretForm = /^[a-z0-9]{40}$/;

/** Whether the actor has a calendar address, and when it was last read. The address itself is shown once, when it is made. */
export async function getOwnFeed({ db, actor }: SignedIn): Promise<{ createdAt: Date; readAt: Date | null } | null> {
	const [feed] = await db
		.select({ createdAt: calendarFeeds.createdAt, readAt: calendarFeeds.readAt })
		.from(calendarFeeds)
		.where(eq(calendarFeeds.personId, actor.personId));
	return feed ?? null;
}

/** Makes a secret address for the actor's calendar. The one before, where there was one, leads nowhere from now on. @returns the secret, this once */
export function renewFeed(ctx: SignedIn): Promise<string> {
	return atomically(ctx, async (ctx) => {
		const { personId } = ctx.actor;
		const secret = newSecret(40);
		const feed = {
			...{ secretHash: digest(secret), createdAt: ctx.now },
			...{ readAt: null, reads: 0, countedFrom: ctx.now }
		};
		await ctx.db
			.insert(calendarFeeds)
			.values({ personId, ...feed })
			.onConflictDoUpdate({ target: calendarFeeds.personId, set: feed });
		await record(ctx, 'calendar.address-made', personId);
		return secret;
	});
}

/** Takes the actor's calendar address back, with what was kept about its entries. @throws not-found calendar */
export function revokeFeed(ctx: SignedIn): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const { personId } = ctx.actor;
		const gone = await ctx.db.delete(calendarFeeds).where(eq(calendarFeeds.personId, personId)).returning();
		if (gone.length === 0) throw notFound('calendar');
		await ctx.db.delete(calendarEntries).where(eq(calendarEntries.personId, personId));
		await record(ctx, 'calendar.address-revoked', personId);
	});
}

/** Whose calendar a secret address is, counting the reading. @returns the person's id @throws not-found calendar, too-many calendar.too-often */
export async function openFeed({ db, now }: Context, secret: string): Promise<string> {
	if (!secretForm.test(secret)) throw notFound('calendar');
	const since = new Date(now.getTime() - hour);
	const { rows } = await db.execute<{ personId: string; reads: number; countedFrom: string }>(sql`
		update ${calendarFeeds} f set read_at = ${now},
			reads = case when f.counted_from <= ${since} then 1 else least(f.reads + 1, 1000) end,
			counted_from = case when f.counted_from <= ${since} then ${now} else f.counted_from end
		from people p
		where f.secret_hash = ${digest(secret)} and p.id = f.person_id and p.status = 'active'
		returning f.person_id as "personId", f.reads, f.counted_from::text as "countedFrom"`);
	const [feed] = rows;
	if (!feed) throw notFound('calendar');
	if (feed.reads > mostReads) {
		const until = new Date(feed.countedFrom).getTime() + hour;
		throw tooMany('calendar.too-often', Math.max(1, Math.ceil((until - now.getTime()) / 1000)));
	}
	return feed.personId;
}

/**
 * Numbers entries by how often they have changed since the feed first told of them, and dates each by its last change: calendars
 * replace what they have by what bears a higher number. Written only where something has changed.
 */
export async function numberEntries(
	{ db, now }: Context,
	personId: string,
	entries: readonly CalendarEntry[]
): Promise<CalendarEntry[]> {
	if (entries.length === 0) return [];
	const told = entries.map((entry) => ({ uid: entry.uid, hash: digest(JSON.stringify({ ...entry, sequence: 0 })) }));
	const { rows } = await db.execute<{ uid: string; sequence: number; changedAt: string }>(sql`
		with told as (select * from json_to_recordset(${JSON.stringify(told)}::json) as told (uid text, hash text)),
		changed as (
			insert into ${calendarEntries} as kept (person_id, uid, hash, changed_at)
			select ${personId}, told.uid, told.hash, ${now} from told
			where not exists (select 1 from calendar_entries same where same.person_id = ${personId} and same.uid = told.uid and same.hash = told.hash)
			on conflict (person_id, uid) do update set hash = excluded.hash, sequence = kept.sequence + 1, changed_at = excluded.changed_at
			returning kept.uid, kept.sequence, kept.changed_at)
		select uid, sequence, changed_at::text as "changedAt" from changed
		union all
		select kept.uid, kept.sequence, kept.changed_at::text from calendar_entries kept join told on told.uid = kept.uid
		where kept.person_id = ${personId} and kept.hash = told.hash`);
	const known = new Map(rows.map((row) => [row.uid, row]));
	return entries.map((entry) => {
		const { sequence = 0, changedAt } = known.get(entry.uid) ?? {};
		return {
			...entry,
			sequence: Math.max(sequence, entry.sequence),
			stamp: changedAt ? new Date(changedAt) : now
		};
	});
}
