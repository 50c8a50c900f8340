import { eq } from 'drizzle-orm';
import { events } from '#db/schema/events.ts';
import { record } from '../audit/record.ts';
import { atomically, type SignedIn } from '../platform/context.ts';
import { conflict } from '../platform/errors.ts';
import { canGo } from './event-state.ts';
import { lockEvent } from './queries.ts';
import { sendToExam } from './send-to-exam.ts';
import { type Settled, settleAttendance } from './settle-attendance.ts';

/**
 * Closes an event that was held: what became of every participant is settled, and hours are granted. Afterwards presence changes
 * by correction only.
 * @throws conflict event.no-transition | event.not-over, not-found event.not-found
 */
export function closeEvent(ctx: SignedIn, { eventId }: { eventId: string }): Promise<Settled> {
	return atomically(ctx, async (ctx) => {
		const event = await lockEvent(ctx, eventId);
		if (!canGo(event.state, 'closed')) throw conflict('event.no-transition');
		if (event.endsAt > ctx.now) throw conflict('event.not-over');
		await ctx.db.update(events).set({ state: 'closed', closedAt: ctx.now }).where(eq(events.id, eventId));
		const settled = await settleAttendance(ctx, eventId);
		await sendToExam(ctx, event);
		await record(ctx, 'event.closed', eventId, { ...settled });
		return settled;
	});
}
