import { asc, eq, sql } from 'drizzle-orm';
import { digests, notifications } from '#db/schema/notifications.ts';
import { reminders } from '#db/schema/reminders.ts';
import type { DigestItem } from '#lib/components/notifications/digest-words.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { instantAt } from '#lib/server/platform/dates.ts';
import { deliverDigests } from '#lib/server/programmes/reminders/deliver-digests.ts';
import { findReminders } from '#lib/server/programmes/reminders/find-reminders.ts';

/** The same context at a time of the office's clocks. */
export const clockAt = <Ctx extends Context>(ctx: Ctx, local: string): Ctx => ({ ...ctx, now: instantAt(local) });

/** What the job of every minute does, at a time. */
export async function remindAt(ctx: Context, local: string): Promise<void> {
	await findReminders(clockAt(ctx, local));
	await deliverDigests(clockAt(ctx, local));
}

/** The minute job at the beginning of a working day, and again when what was found then has been gathered. */
export async function workDay(ctx: Context, day: string): Promise<void> {
	await remindAt(ctx, `${day}T08:00`);
	await remindAt(ctx, `${day}T08:16`);
}

/** What somebody has been told in the app, in order: of a digest, the steps in it. */
export async function toldTo({ db }: Context, personId: string) {
	const rows = await db
		.select({ kind: notifications.kind, values: notifications.values, at: notifications.createdAt })
		.from(notifications)
		.where(eq(notifications.personId, personId))
		.orderBy(asc(notifications.createdAt), asc(notifications.kind));
	return rows.map(({ kind, values, at }) => ({
		kind,
		at,
		values,
		steps: ((values.items ?? []) as DigestItem[]).map(({ step, dueOn }) => `${step} ${dueOn}`)
	}));
}

export const remindersOf = ({ db }: Context, personId: string) =>
	db.select().from(reminders).where(eq(reminders.personId, personId)).orderBy(asc(reminders.madeAt));

export const digestsOf = ({ db }: Context, personId: string) =>
	db.select().from(digests).where(eq(digests.personId, personId)).orderBy(asc(digests.openedAt));

/** As many messages that somebody has not read yet. */
export async function someUnread({ db, now }: Context, personId: string, count: number): Promise<void> {
	await db.execute(sql`
		insert into ${notifications} (id, person_id, kind, occasion, href, created_at)
		select gen_random_uuid(), ${personId}::uuid, 'correction_accepted', 'unread-' || each, '/record/corrections', ${now}
		from generate_series(1, ${count}::integer) as each`);
}
