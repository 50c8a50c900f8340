import { and, eq, inArray } from 'drizzle-orm';
import { eventPresences } from '#db/schema/events.ts';
import { can } from '../access/scope.ts';
import type { Context } from '../platform/context.ts';
import { notFound } from '../platform/errors.ts';
import { getEvent, listSessions } from './queries.ts';
import { roomCode, secondsLeft } from './room-code.ts';

/** What the screen of the room shows in this minute, for whoever arranges the event. @throws not-found event.not-found */
export async function roomScreen(ctx: Context, eventId: string) {
	const { unitPath, ...event } = await getEvent(ctx, eventId);
	const isOn = event.roomCode && event.roomSecret && (event.state === 'open' || event.state === 'held');
	if (!isOn || !can(ctx.actor, 'event:edit', unitPath)) throw notFound('event');
	return { code: roomCode(event.roomSecret!, ctx.now), seconds: secondsLeft(ctx.now), title: event.title };
}

/** How many have been noted as there in the session that is under way, or was last. */
export async function countPresent(ctx: Context, eventId: string): Promise<{ present: number; session: number }> {
	const sessions = await listSessions(ctx, eventId);
	const current =
		sessions.findLast(({ startsAt }) => startsAt.getTime() - 1_800_000 <= ctx.now.getTime()) ?? sessions[0]!;
	const present = await ctx.db.$count(
		eventPresences,
		and(eq(eventPresences.sessionId, current.id), inArray(eventPresences.presence, ['present', 'partial']))
	);
	return { present, session: current.position };
}
