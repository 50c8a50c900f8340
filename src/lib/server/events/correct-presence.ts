import { and, eq, sql } from 'drizzle-orm';
import type * as v from 'valibot';
import { eventParticipants, eventPresenceChanges, eventPresences, eventSessions } from '#db/schema/events.ts';
import type * as schemas from '#lib/schemas/events.ts';
import { demandNotOwn } from '../access/scope.ts';
import { record } from '../audit/record.ts';
import { notify } from '../notifications/notify.ts';
import { atomically, type SignedIn } from '../platform/context.ts';
import { conflict, notFound } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import { lockEvent } from './queries.ts';
import { settleAttendance } from './settle-attendance.ts';

/**
 * Corrects one presence after the event was held, with a reason; what it was stays in the history. After the event was closed its
 * outcome is settled anew, with the hours. Nobody corrects their own.
 * @throws conflict event.not-held | presence.unchanged, forbidden access.own-case, not-found event.not-found | participant.not-found | session.not-found
 */
export function correctPresence(ctx: SignedIn, input: v.InferOutput<typeof schemas.correctPresence>): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const { eventId, sessionId, personId, presence, because } = input;
		const event = await lockEvent(ctx, eventId);
		if (event.state !== 'held' && event.state !== 'closed') throw conflict('event.not-held');
		demandNotOwn(ctx, personId);
		const before = await presenceNow(ctx, input);
		if (before === presence) throw conflict('presence.unchanged', { field: 'presence' });

		const { now } = ctx;
		const by = ctx.actor.personId;
		await ctx.db.insert(eventPresenceChanges).values({
			id: newId(),
			sessionId,
			personId,
			before,
			after: presence,
			reason: because,
			changedBy: by,
			changedAt: now
		});
		const values = { presence, source: 'list' as const, notedAt: now, recordedBy: by, recordedAt: now };
		await ctx.db
			.insert(eventPresences)
			.values({ sessionId, personId, ...values })
			.onConflictDoUpdate({ target: [eventPresences.sessionId, eventPresences.personId], set: values });
		await record(ctx, 'attendance.corrected', eventId, { sessionId, personId, before, after: presence });

		if (event.state !== 'closed') return;
		await settleAttendance(ctx, eventId);
		await notify(ctx, [personId], {
			kind: 'event_corrected',
			occasion: `${sessionId} ${now.toISOString()}`,
			href: `/events/${eventId}`,
			values: { title: { 'zh-CN': event.title, en: event.title } }
		});
	});
}

type Asked = { eventId: string; sessionId: string; personId: string };

/** What is noted of a participant in a session; null where nothing is. */
async function presenceNow({ db }: SignedIn, { eventId, sessionId, personId }: Asked) {
	const [session] = await db
		.select({ id: eventSessions.id })
		.from(eventSessions)
		.where(and(eq(eventSessions.id, sessionId), eq(eventSessions.eventId, eventId)));
	if (!session) throw notFound('session');
	const [participant] = await db
		.select({ state: eventParticipants.state })
		.from(eventParticipants)
		.where(
			sql`${eventParticipants.eventId} = ${eventId} and ${eventParticipants.personId} = ${personId} and ${eventParticipants.state} <> 'removed'`
		);
	if (!participant) throw notFound('participant');
	const [noted] = await db
		.select({ presence: eventPresences.presence })
		.from(eventPresences)
		.where(and(eq(eventPresences.sessionId, sessionId), eq(eventPresences.personId, personId)));
	return noted?.presence ?? null;
}
