import { and, eq, gte, lte, sql } from 'drizzle-orm';
import { eventParticipants, eventPresences, events, eventSessions } from '#db/schema/events.ts';
import { record } from '../audit/record.ts';
import { atomically, type SignedIn } from '../platform/context.ts';
import { conflict, DomainError, invalid, notFound, tooMany } from '../platform/errors.ts';
import { isId } from '../platform/ids.ts';
import { countFailure, demandPatience, forgiveAccount } from '../sessions/throttle.ts';
import { isRoomCode } from './room-code.ts';

const early = 30 * 60_000;

/**
 * Enters the actor as present in the session that is under way, or begins within half an hour, by the code on the screen of the
 * room. It says that somebody is there, and measures no time; what the organiser has noted stays. Who guesses waits longer and
 * longer.
 * @throws invalid room-code.wrong, conflict room-code.no-session, too-many room-code.too-soon, not-found event.not-found
 */
export async function enterRoomCode(
	ctx: SignedIn,
	{ eventId, code }: { eventId: string; code: string }
): Promise<void> {
	const event = await takingPart(ctx, eventId);
	const tried = { account: `room ${eventId} ${ctx.actor.personId}`, address: 'room', isKnown: true };
	await demandPatience(ctx, tried).catch((error: unknown) => {
		throw error instanceof DomainError ? tooMany('room-code.too-soon', Number(error.values.seconds)) : error;
	});
	if (!event.roomCode || !isRoomCode(event.roomSecret ?? '', code, ctx.now)) {
		await countFailure(ctx, tried);
		throw invalid('room-code.wrong', { field: 'code' });
	}
	await forgiveAccount(ctx, tried);

	await atomically(ctx, async (ctx) => {
		const [session] = await ctx.db
			.select({ id: eventSessions.id })
			.from(eventSessions)
			.where(
				and(
					eq(eventSessions.eventId, eventId),
					lte(eventSessions.startsAt, new Date(ctx.now.getTime() + early)),
					gte(eventSessions.endsAt, ctx.now)
				)
			)
			.orderBy(eventSessions.position)
			.limit(1);
		if (!session || event.state === 'closed') throw conflict('room-code.no-session');
		const { personId } = ctx.actor;
		const entered = await ctx.db
			.insert(eventPresences)
			.values({
				...{ sessionId: session.id, personId, presence: 'present', source: 'code' },
				...{ notedAt: ctx.now, recordedBy: personId, recordedAt: ctx.now }
			})
			.onConflictDoNothing()
			.returning({ personId: eventPresences.personId });
		if (entered.length > 0) await record(ctx, 'attendance.entered', eventId, { sessionId: session.id });
	});
}

/** An open or held event in which the actor takes part. @throws not-found event.not-found */
async function takingPart({ db, actor }: SignedIn, eventId: string) {
	const [found] = isId(eventId)
		? await db
				.select({ event: events })
				.from(events)
				.innerJoin(eventParticipants, eq(eventParticipants.eventId, events.id))
				.where(
					sql`${events.id} = ${eventId} and ${events.state} in ('open', 'held', 'closed')
						and ${eventParticipants.personId} = ${actor.personId} and ${eventParticipants.state} <> 'removed'`
				)
		: [];
	if (!found) throw notFound('event');
	return found.event;
}
