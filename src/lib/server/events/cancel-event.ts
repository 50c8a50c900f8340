import { eq, sql } from 'drizzle-orm';
import { eventParticipants, events } from '#db/schema/events.ts';
import { record } from '../audit/record.ts';
import { notify } from '../notifications/notify.ts';
import { atomically, type SignedIn } from '../platform/context.ts';
import { conflict } from '../platform/errors.ts';
import { canGo } from './event-state.ts';
import { lockEvent } from './queries.ts';

/** Calls an event off; whoever was invited is told, with the reason. @throws conflict event.no-transition, not-found event.not-found */
export function cancelEvent(ctx: SignedIn, { eventId, because }: { eventId: string; because: string }): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const event = await lockEvent(ctx, eventId);
		if (!canGo(event.state, 'cancelled')) throw conflict('event.no-transition');
		await ctx.db
			.update(events)
			.set({ state: 'cancelled', cancelledAt: ctx.now, cancelledBecause: because, version: event.version + 1 })
			.where(eq(events.id, eventId));

		const told = await ctx.db
			.select({ personId: eventParticipants.personId })
			.from(eventParticipants)
			.where(
				sql`${eventParticipants.eventId} = ${eventId} and ${eventParticipants.state} in ('invited', 'coming', 'waiting')`
			);
		if (event.state === 'open')
			await notify(
				ctx,
				told.map(({ personId }) => personId),
				{
					kind: 'event_cancelled',
					occasion: eventId,
					href: `/events/${eventId}`,
					values: { title: { 'zh-CN': event.title, en: event.title }, because }
				}
			);
		await record(ctx, 'event.cancelled', eventId, { people: told.length });
	});
}
