import { eq, sql } from 'drizzle-orm';
import type * as v from 'valibot';
import { eventArticles, eventParticipants, events, eventSessions } from '#db/schema/events.ts';
import type * as schemas from '#lib/schemas/events.ts';
import { within } from '../access/scope.ts';
import { record } from '../audit/record.ts';
import { atomically, type SignedIn } from '../platform/context.ts';
import { addDays, dateOf, daysBetween, instantAt, localTimeOf } from '../platform/dates.ts';
import { newId, newSecret } from '../platform/ids.ts';
import { getUnit } from '../units/queries.ts';
import { invite } from './invite.ts';
import { getEvent, listSessions } from './queries.ts';

/**
 * Plans an event like another one, beginning on another day at the same times of the clock: without its files, its exam and its
 * attendance, and with the people on its list where that is wished.
 * @returns its id
 */
export function copyEvent(ctx: SignedIn, input: v.InferOutput<typeof schemas.copyEvent>): Promise<string> {
	return atomically(ctx, async (ctx) => {
		const { unit: _, unitPath: __, ...event } = await getEvent(ctx, input.eventId);
		await getUnit(ctx, event.unitId, 'event:edit');
		const days = daysBetween(dateOf(event.startsAt), input.startsOn);
		const moved = (instant: Date) => {
			const [day = '', time = ''] = localTimeOf(instant).split('T');
			return instantAt(`${addDays(day, days)}T${time}`);
		};
		const id = newId();
		await ctx.db.insert(events).values({
			...event,
			...{ id, title: input.title, startsAt: moved(event.startsAt), endsAt: moved(event.endsAt), state: 'planned' },
			...{ examId: null, roomSecret: newSecret(), minutes: '', version: 1 },
			...{ createdBy: ctx.actor.personId, createdAt: ctx.now, openedAt: null, heldAt: null, closedAt: null },
			...{ cancelledAt: null, cancelledBecause: null }
		});
		const sessions = await listSessions(ctx, event.id);
		await ctx.db.insert(eventSessions).values(
			sessions.map(({ startsAt, endsAt, ...session }) => ({
				...session,
				...{ id: newId(), eventId: id, startsAt: moved(startsAt), endsAt: moved(endsAt) }
			}))
		);
		const rested = await ctx.db.select().from(eventArticles).where(eq(eventArticles.eventId, event.id));
		if (rested.length > 0)
			await ctx.db.insert(eventArticles).values(rested.map(({ articleId }) => ({ eventId: id, articleId })));
		await record(ctx, 'event.planned', id, { unitId: event.unitId, kind: event.kind, copyOf: event.id });
		if (input.people) await invite(ctx, { eventId: id, personIds: await peopleOf(ctx, event.id) });
		return id;
	});
}

/** Who is on the list of an event, is in service, and is within the actor's reach still. */
async function peopleOf({ db, actor }: SignedIn, eventId: string): Promise<string[]> {
	const { rows } = await db.execute<{ id: string }>(sql`
		select people.id from ${eventParticipants} p join people on people.id = p.person_id and people.status = 'active'
		join units on units.id = people.unit_id
		where p.event_id = ${eventId} and p.state <> 'removed' and ${within(actor, 'event:edit', sql`units.path`)}`);
	return rows.map(({ id }) => id);
}
