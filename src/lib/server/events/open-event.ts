import { eq, sql } from 'drizzle-orm';
import { eventParticipants, events } from '#db/schema/events.ts';
import { record } from '../audit/record.ts';
import { notify } from '../notifications/notify.ts';
import { atomically, type SignedIn } from '../platform/context.ts';
import { dateOf } from '../platform/dates.ts';
import { conflict } from '../platform/errors.ts';
import { canGo } from './event-state.ts';
import { type Event, lockEvent } from './queries.ts';

/** Opens an event: everybody who is on its list is invited, and answers from now on. @throws conflict event.no-transition | event.nobody, not-found event.not-found */
export function openEvent(ctx: SignedIn, { eventId }: { eventId: string }): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const event = await lockEvent(ctx, eventId);
		if (!canGo(event.state, 'open')) throw conflict('event.no-transition');
		const invited = await ctx.db
			.select({ personId: eventParticipants.personId })
			.from(eventParticipants)
			.where(sql`${eventParticipants.eventId} = ${eventId} and ${eventParticipants.state} = 'invited'`);
		if (invited.length === 0) throw conflict('event.nobody');

		await ctx.db.update(events).set({ state: 'open', openedAt: ctx.now }).where(eq(events.id, eventId));
		await tellInvited(
			ctx,
			event,
			invited.map(({ personId }) => personId)
		);
		await record(ctx, 'event.opened', eventId, { people: invited.length });
	});
}

/** Tells people that they are invited; of what is over, nobody is told. */
export async function tellInvited(
	ctx: SignedIn,
	{ id, title, startsAt, endsAt }: Event,
	personIds: string[]
): Promise<void> {
	if (endsAt <= ctx.now) return;
	await notify(ctx, personIds, {
		kind: 'event_invited',
		occasion: id,
		href: `/events/${id}`,
		values: { title: { 'zh-CN': title, en: title }, on: dateOf(startsAt) }
	});
}
