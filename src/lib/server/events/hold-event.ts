import { eq } from 'drizzle-orm';
import { events } from '#db/schema/events.ts';
import { record } from '../audit/record.ts';
import { atomically, type SignedIn } from '../platform/context.ts';
import { conflict } from '../platform/errors.ts';
import { canGo } from './event-state.ts';
import { lockEvent } from './queries.ts';

/** An event has taken place: nobody answers any more, and whoever turned up can still be entered. @throws conflict event.no-transition | event.not-begun, not-found event.not-found */
export function holdEvent(ctx: SignedIn, { eventId }: { eventId: string }): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const event = await lockEvent(ctx, eventId);
		if (!canGo(event.state, 'held')) throw conflict('event.no-transition');
		if (event.startsAt > ctx.now) throw conflict('event.not-begun');
		await ctx.db.update(events).set({ state: 'held', heldAt: ctx.now }).where(eq(events.id, eventId));
		await record(ctx, 'event.held', eventId);
	});
}
