import { sql } from 'drizzle-orm';
import { reminders } from '#db/schema/reminders.ts';
import { notifyOfDigests } from '../../notifications/notify.ts';
import { gatherNotices, openDigests } from '../../notifications/open-digests.ts';
import { readWorkingDays } from '../../notifications/read-working-days.ts';
import { closeDigests, type Delivered, listUnreadIn, takeDigests } from '../../notifications/take-digests.ts';
import { atomically, type Context } from '../../platform/context.ts';
import { enqueueEach } from '../../platform/enqueue.ts';
import { canMail } from '../../platform/mail.ts';
import { listDigestItems } from './digest-items.ts';
import { getReminderSettings, quietOf } from './settings.ts';

/** A line in the app names so many things; Today has them all. */
const shown = 10;

/**
 * Puts what has come up into the open digests, and sends out those whose time has come: one line in the app for everything to be
 * reminded of, one mail for that and for all notices not yet read. Runs every minute. @returns how many went out
 */
export async function deliverDigests(ctx: Context): Promise<number> {
	await atomically(ctx, async (ctx) => {
		// One at a time: whoever comes second finds everything gathered.
		await ctx.db.execute(sql`select pg_advisory_xact_lock(hashtext('mingfa.digests'))`);
		await gatherReminders(ctx);
		await gatherNotices(ctx);
	});
	let count = 0;
	for (;;) {
		const { looked, told } = await atomically(ctx, deliverSome);
		if (looked === 0) return count;
		count += told;
	}
}

async function gatherReminders(ctx: Context): Promise<void> {
	await openDigests(
		ctx,
		sql`select r.person_id, min(r.made_at) as since from ${reminders} r where r.digest_id is null group by r.person_id`
	);
	await ctx.db.execute(sql`
		update ${reminders} r set digest_id = d.id from digests d
		where r.digest_id is null and d.person_id = r.person_id and d.delivered_at is null`);
}

async function deliverSome(ctx: Context): Promise<{ looked: number; told: number }> {
	const { ready, looked } = await takeDigests(ctx, quietOf(await getReminderSettings(ctx), await readWorkingDays(ctx)));
	if (ready.length === 0) return { looked, told: 0 };
	const ids = ready.map(({ id }) => id);
	const items = await listDigestItems(ctx, ids);
	const unread = Map.groupBy(await listUnreadIn(ctx, ids), ({ digestId }) => digestId);

	const delivered = ready.map((digest): Delivered => {
		const hasWords = items.has(digest.id) || unread.has(digest.id);
		const mailed = hasWords && digest.wantsMail && canMail();
		// Notices stand in the app already: only a digest that says something there, or goes by mail, takes up the day.
		return { ...digest, told: items.has(digest.id) || mailed, mailed };
	});
	await closeDigests(ctx, delivered);
	await notifyOfDigests(
		ctx,
		delivered.flatMap(({ id: digestId, personId }) => {
			const own = items.get(digestId);
			return own ? [{ personId, digestId, values: { count: own.length, items: own.slice(0, shown) } }] : [];
		})
	);
	await enqueueEach(
		ctx,
		'programmes.mail-digest',
		'digestId',
		delivered.filter(({ mailed }) => mailed).map(({ id }) => id)
	);
	return { looked, told: delivered.filter(({ told }) => told).length };
}
