import { and, eq } from 'drizzle-orm';
import { eventParticipants, events } from '#db/schema/events.ts';
import { demandPeople } from '../people/list-people.ts';
import { record } from '../audit/record.ts';
import { atomically, type SignedIn } from '../platform/context.ts';
import { conflict, notFound } from '../platform/errors.ts';
import { isId } from '../platform/ids.ts';
import { fillSeats, seatsLeft } from './fill-seats.ts';
import { type Event, lockEvent } from './queries.ts';
import { sendToExam } from './send-to-exam.ts';

type Answer = { eventId: string; answer: 'accept' | 'decline'; because: string | null };

/** What an answer led to. */
export type Standing = 'coming' | 'waiting' | 'declined';

/**
 * Answers one's own invitation, and may answer anew until the event is over. Where no seat is left one waits; a seat given back
 * goes to whoever has waited longest.
 * @throws conflict event.no-answers, not-found event.not-found
 */
export function respond(ctx: SignedIn, input: Answer): Promise<Standing> {
	return atomically(ctx, async (ctx) => {
		const event = await lockAnyEvent(ctx, input.eventId);
		return answer(ctx, event, ctx.actor.personId, input);
	});
}

/** Enters an answer that a participant gave by word. @throws conflict event.no-answers, not-found event.not-found | participant.not-found */
export function answerFor(ctx: SignedIn, input: Answer & { personId: string }): Promise<Standing> {
	return atomically(ctx, async (ctx) => {
		const event = await lockEvent(ctx, input.eventId);
		await demandPeople(ctx, [input.personId], 'event:edit');
		return answer(ctx, event, input.personId, input);
	});
}

/** Takes somebody off the list; whoever waits moves up. @throws conflict event.no-answers | event.noted, not-found event.not-found | participant.not-found */
export function removeParticipant(
	ctx: SignedIn,
	{ eventId, personId }: { eventId: string; personId: string }
): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const event = await lockEvent(ctx, eventId);
		if (event.state === 'closed' || event.state === 'cancelled') throw conflict('event.no-answers');
		await demandPeople(ctx, [personId], 'event:edit');
		await participant(ctx, eventId, personId);
		await ctx.db
			.update(eventParticipants)
			.set({ state: 'removed' })
			.where(and(eq(eventParticipants.eventId, eventId), eq(eventParticipants.personId, personId)));
		if (event.state === 'open') await fillSeats(ctx, event);
		await sendToExam(ctx, event);
		await record(ctx, 'event.participant-removed', eventId, { personId });
	});
}

async function answer(ctx: SignedIn, event: Event, personId: string, { answer, because }: Answer): Promise<Standing> {
	const former = await participant(ctx, event.id, personId, 'event');
	if (event.state !== 'open' || event.endsAt <= ctx.now) throw conflict('event.no-answers');
	const isAccepted = former === 'coming' || former === 'waiting';
	if (answer === 'accept' && isAccepted) return former;

	const state = answer === 'decline' ? 'declined' : (await seatsLeft(ctx, event)) === 0 ? 'waiting' : 'coming';
	await ctx.db
		.update(eventParticipants)
		.set({ state, joinedAt: ctx.now, declinedBecause: answer === 'decline' ? because : null })
		.where(and(eq(eventParticipants.eventId, event.id), eq(eventParticipants.personId, personId)));
	if (former === 'coming') await fillSeats(ctx, event);
	await sendToExam(ctx, event);
	await record(ctx, `event.${state}`, event.id, { personId });
	return state;
}

/** Where somebody on the list stands. @throws not-found <noun>.not-found */
async function participant({ db }: SignedIn, eventId: string, personId: string, noun = 'participant') {
	const [found] = await db
		.select({ state: eventParticipants.state })
		.from(eventParticipants)
		.where(and(eq(eventParticipants.eventId, eventId), eq(eventParticipants.personId, personId)));
	if (!found || found.state === 'removed') throw notFound(noun);
	return found.state;
}

/** Takes the row of an event, whoever asks: whether they take part in it is asked afterwards. */
async function lockAnyEvent({ db }: SignedIn, eventId: string): Promise<Event> {
	const [event] = isId(eventId) ? await db.select().from(events).where(eq(events.id, eventId)).for('update') : [];
	if (!event) throw notFound('event');
	return event;
}
