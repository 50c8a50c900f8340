import { type SQL, sql } from 'drizzle-orm';
import { digests, notifications } from '#db/schema/notifications.ts';
import type { Context } from '../platform/context.ts';

/**
 * Something waits for these people: whoever has no open digest gets one. When it goes out its own rule says (`digest-moment.ts`).
 * @param waiting a query of `person_id`, once each, and `since` when something waits
 */
export async function openDigests({ db, now }: Context, waiting: SQL): Promise<void> {
	await db.execute(sql`
		insert into ${digests} (id, person_id, opened_at, ready_at)
		select gen_random_uuid(), waiting.person_id, waiting.since, ${now} from (${waiting}) waiting
		order by waiting.person_id on conflict do nothing`);
}

/** Puts the notices that have come up since into the open digests of their readers. Costs what has come up, not what there is. */
export async function gatherNotices(ctx: Context): Promise<void> {
	await openDigests(
		ctx,
		sql`select n.person_id, min(n.created_at) as since from ${notifications} n where n.waits group by n.person_id`
	);
	await ctx.db.execute(sql`
		update ${notifications} n set waits = false, digest_id = d.id from ${digests} d
		where n.waits and d.person_id = n.person_id and d.delivered_at is null`);
}

/** Has open digests looked at again at once: their rule has changed, for one person or for all. */
export async function reconsiderDigests({ db, now }: Context, personId?: string): Promise<void> {
	await db
		.update(digests)
		.set({ readyAt: now })
		.where(sql`${digests.deliveredAt} is null and ${personId ? sql`${digests.personId} = ${personId}` : sql`true`}`);
}
