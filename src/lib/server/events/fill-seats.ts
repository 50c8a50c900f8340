import { sql } from 'drizzle-orm';
import { notify } from '../notifications/notify.ts';
import type { Context } from '../platform/context.ts';
import { eventParticipants } from '#db/schema/events.ts';
import type { Event } from './queries.ts';

/**
 * Gives the seats that are free to whoever waits, in the order of their coming, and tells them. The event's row is held: nobody
 * else gives a seat away meanwhile.
 * @returns who moved up
 */
export async function fillSeats(
	ctx: Context,
	{ id, title, capacity }: Pick<Event, 'id' | 'title' | 'capacity'>
): Promise<string[]> {
	const { rows } = await ctx.db.execute<{ person_id: string }>(sql`
		update ${eventParticipants} p set state = 'coming'
		where p.event_id = ${id} and p.state = 'waiting' and p.person_id in (
			select w.person_id from event_participants w where w.event_id = ${id} and w.state = 'waiting'
			order by w.joined_at, w.person_id
			limit case when ${capacity}::int is null then null else greatest(0, ${capacity}::int - (
				select count(*) from event_participants c where c.event_id = ${id} and c.state = 'coming')) end)
		returning p.person_id`);
	const movedUp = rows.map((row) => row.person_id);
	await notify(ctx, movedUp, {
		kind: 'event_seat',
		occasion: `${id} seat ${ctx.now.toISOString()}`,
		href: `/events/${id}`,
		values: { title: { 'zh-CN': title, en: title } }
	});
	return movedUp;
}

/** How many seats are left; null where there are as many as are wanted. */
export async function seatsLeft(
	{ db }: Context,
	{ id, capacity }: Pick<Event, 'id' | 'capacity'>
): Promise<number | null> {
	if (capacity === null) return null;
	const coming = await db.$count(
		eventParticipants,
		sql`${eventParticipants.eventId} = ${id} and ${eventParticipants.state} = 'coming'`
	);
	return Math.max(0, capacity - coming);
}
