import { and, asc, eq, type SQL, sql } from 'drizzle-orm';
import { eventArticles, eventFiles, eventParticipants, events, eventSessions } from '#db/schema/events.ts';
import { files } from '#db/schema/files.ts';
import { articles, statutes } from '#db/schema/statutes.ts';
import { units } from '#db/schema/units.ts';
import { within } from '../access/scope.ts';
import type { Context } from '../platform/context.ts';
import { notFound } from '../platform/errors.ts';
import { isId } from '../platform/ids.ts';

export type Event = typeof events.$inferSelect;
export type Session = typeof eventSessions.$inferSelect;

/**
 * Which events the actor may look at: those held on behalf of units within reach and, once they are open, those that people
 * within reach take part in. Who of the participants is seen follows from the participant's unit, never from the event's.
 */
export function visible({ actor }: Context): SQL {
	return sql`(
		exists (select 1 from ${units} where ${units.id} = ${events.unitId} and ${within(actor, 'event:view', units.path)})
		or (${events.state} <> 'planned' and exists (
			select 1 from event_participants taking join people on people.id = taking.person_id
			join ${units} on ${units.id} = coalesce(taking.unit_id, people.unit_id)
			where taking.event_id = ${events.id} and taking.state <> 'removed' and ${within(actor, 'event:view', units.path)})))`;
}

/** An event that the actor may look at. @throws not-found event.not-found */
export async function getEvent(ctx: Context, eventId: string): Promise<Event & { unit: string; unitPath: string }> {
	const [found] = isId(eventId)
		? await ctx.db
				.select({ event: events, unit: units.name, unitPath: units.path })
				.from(events)
				.innerJoin(units, eq(units.id, events.unitId))
				.where(sql`${events.id} = ${eventId} and ${visible(ctx)}`)
		: [];
	if (!found) throw notFound('event');
	return { ...found.event, unit: found.unit, unitPath: found.unitPath };
}

/** Takes the row of an event that the actor may change: whoever else decides about its seats, its state or its attendance waits. @throws not-found event.not-found */
export async function lockEvent({ db, actor }: Context, eventId: string): Promise<Event> {
	const [found] = isId(eventId)
		? await db
				.select({ event: events })
				.from(events)
				.innerJoin(units, eq(units.id, events.unitId))
				.where(and(eq(events.id, eventId), within(actor, 'event:edit', units.path)))
				.for('update', { of: events })
		: [];
	if (!found) throw notFound('event');
	return found.event;
}

/** The sessions of an event in order. */
export const listSessions = ({ db }: Context, eventId: string): Promise<Session[]> =>
	db.select().from(eventSessions).where(eq(eventSessions.eventId, eventId)).orderBy(asc(eventSessions.position));

/** The articles that an event is about, in the order of the statutes. */
export const listEventArticles = ({ db }: Context, eventId: string) =>
	db
		.select({ statute: articles.statute, number: articles.number, short: statutes.short, digest: articles.digest })
		.from(eventArticles)
		.innerJoin(articles, eq(articles.id, eventArticles.articleId))
		.innerJoin(statutes, eq(statutes.slug, articles.statute))
		.where(eq(eventArticles.eventId, eventId))
		.orderBy(asc(statutes.position), asc(articles.ordinal));

/** What belongs to an event, without the contents. */
export const listEventFiles = ({ db }: Context, eventId: string) =>
	db
		.select({
			id: files.id,
			name: files.name,
			type: files.type,
			size: files.size,
			part: eventFiles.part,
			broughtAt: files.broughtAt
		})
		.from(eventFiles)
		.innerJoin(files, eq(files.id, eventFiles.fileId))
		.where(eq(eventFiles.eventId, eventId))
		.orderBy(asc(eventFiles.part), asc(files.broughtAt));

/** How many participants within the actor's reach stand where. */
export async function countParticipants(ctx: Context, eventId: string) {
	const [counts] = await ctx.db
		.select({
			invited: sql<number>`count(*) filter (where ${eventParticipants.state} = 'invited')::int`,
			coming: sql<number>`count(*) filter (where ${eventParticipants.state} = 'coming')::int`,
			waiting: sql<number>`count(*) filter (where ${eventParticipants.state} = 'waiting')::int`,
			declined: sql<number>`count(*) filter (where ${eventParticipants.state} = 'declined')::int`,
			attended: sql<number>`count(*) filter (where ${eventParticipants.outcome} = 'attended')::int`,
			partial: sql<number>`count(*) filter (where ${eventParticipants.outcome} = 'partial')::int`,
			onLeave: sql<number>`count(*) filter (where ${eventParticipants.outcome} = 'on-leave')::int`,
			absent: sql<number>`count(*) filter (where ${eventParticipants.outcome} = 'absent')::int`
		})
		.from(eventParticipants)
		.where(sql`${eventParticipants.eventId} = ${eventId} and ${reachable(ctx)}`);
	return counts!;
}

/** Of `event_participants`, those within the actor's reach: by the unit of the day once settled, before by the current one. */
export const reachable = ({ actor }: Context): SQL => sql`exists (
	select 1 from people join ${units} on ${units.id} = coalesce(event_participants.unit_id, people.unit_id)
	where people.id = event_participants.person_id and ${within(actor, 'event:view', units.path)})`;
