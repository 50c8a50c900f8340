import { eq, sql } from 'drizzle-orm';
import { eventFiles, eventParticipants, events } from '#db/schema/events.ts';
import { units } from '#db/schema/units.ts';
import type { SignedIn } from '../platform/context.ts';
import { notFound } from '../platform/errors.ts';
import { type KeptFile, readFile } from '../platform/files/read-file.ts';
import { isId } from '../platform/ids.ts';
import { iso } from '../platform/iso.ts';
import type { Event } from './queries.ts';

export type OwnEvent = Pick<Event, 'id' | 'title' | 'kind' | 'state' | 'place' | 'lecturer' | 'hours'> & {
	unit: string;
	startsAt: string;
	endsAt: string;
	standing: 'invited' | 'coming' | 'waiting' | 'declined';
	/** Place on the waiting list, from 1. */
	turn: number | null;
	declinedBecause: string | null;
	outcome: 'attended' | 'partial' | 'on-leave' | 'absent' | null;
	granted: number | null;
	capacity: number | null;
	/** Who has a seat. */
	seated: number;
	isOver: boolean;
};

const mostPast = 200;

/** What the actor is invited to or was, once opened: what is to come first, the nearest on top, then what is over, the latest on top. @param only that one event */
export async function listOwnEvents({ db, actor, now }: SignedIn, only?: string): Promise<OwnEvent[]> {
	const { rows } = await db.execute<OwnEvent>(sql`
		select ${events.id}, ${events.title}, ${events.kind}, ${events.state}, ${events.place}, ${events.lecturer},
			${events.hours}::float8 as hours, ${events.capacity}, owner.name as unit,
			${iso(events.startsAt)} as "startsAt", ${iso(events.endsAt)} as "endsAt",
			own.state as standing, own.declined_because as "declinedBecause", own.outcome, own.hours::float8 as granted,
			(select count(*)::int from event_participants c where c.event_id = ${events.id} and c.state = 'coming') as seated,
			case when own.state = 'waiting' then (select 1 + count(*)::int from event_participants w
				where w.event_id = ${events.id} and w.state = 'waiting' and (w.joined_at, w.person_id) < (own.joined_at, own.person_id)) end as turn,
			(${events.endsAt} <= ${now} or ${events.state} in ('held', 'closed', 'cancelled')) as "isOver"
		from ${events} join event_participants own on own.event_id = ${events.id}
		join units owner on owner.id = ${events.unitId}
		where own.person_id = ${actor.personId} and own.state <> 'removed' and ${events.state} <> 'planned'
			and (${events.state} <> 'cancelled' or ${events.openedAt} is not null)
			and ${only ? sql`${events.id} = ${only}` : sql`true`}
		order by "isOver", case when ${events.endsAt} > ${now} then ${events.startsAt} end, ${events.startsAt} desc, ${events.id}
		limit ${mostPast}`);
	return rows;
}

/** The events for which the actor's time is wanted, once opened, and those called off after that; from an instant on. */
export async function listEventsOf({ db, actor }: SignedIn, since: Date): Promise<Event[]> {
	const rows = await db
		.select({ event: events })
		.from(events)
		.innerJoin(eventParticipants, eq(eventParticipants.eventId, events.id))
		.where(
			sql`${eventParticipants.personId} = ${actor.personId} and ${eventParticipants.state} in ('invited', 'coming')
				and ${events.openedAt} is not null and ${events.endsAt} >= ${since}`
		)
		.orderBy(events.startsAt, events.id)
		.limit(mostPast);
	return rows.map(({ event }) => event);
}

/** An event that the actor takes part in, once opened. @throws not-found event.not-found */
export async function getOwnEvent({ db, actor }: SignedIn, eventId: string) {
	const [found] = isId(eventId)
		? await db
				.select({ event: events, unit: units.name, own: eventParticipants })
				.from(events)
				.innerJoin(units, eq(units.id, events.unitId))
				.innerJoin(eventParticipants, eq(eventParticipants.eventId, events.id))
				.where(
					sql`${events.id} = ${eventId} and ${events.openedAt} is not null
						and ${eventParticipants.personId} = ${actor.personId} and ${eventParticipants.state} <> 'removed'`
				)
		: [];
	if (!found) throw notFound('event');
	return found;
}

/** A file of an event: `parts` says of which parts. Whether the reader may see the event was asked before. @throws not-found file.not-found */
export async function readEventFile(
	ctx: SignedIn,
	eventId: string,
	fileId: string,
	parts: readonly string[] = ['material', 'minutes', 'photo']
): Promise<KeptFile> {
	const [belongs] = isId(fileId)
		? await ctx.db
				.select({ part: eventFiles.part })
				.from(eventFiles)
				.where(sql`${eventFiles.eventId} = ${eventId} and ${eventFiles.fileId} = ${fileId}`)
		: [];
	if (!belongs || !parts.includes(belongs.part)) throw notFound('file');
	return readFile(ctx, fileId);
}

/** What the actor was noted as, session by session. */
export async function listOwnPresences({ db, actor }: SignedIn, eventId: string) {
	const { rows } = await db.execute<{ position: number; presence: string | null }>(sql`
		select s.position, e.presence from event_sessions s
		left join event_presences e on e.session_id = s.id and e.person_id = ${actor.personId}
		where s.event_id = ${eventId} order by s.position`);
	return rows;
}
