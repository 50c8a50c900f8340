import { type SQL, sql } from 'drizzle-orm';
import type * as v from 'valibot';
import { eventParticipants } from '#db/schema/events.ts';
import type * as schemas from '#lib/schemas/events.ts';
import { isFoundBy } from '../people/name-search.ts';
import type { Context } from '../platform/context.ts';
import { type Page, readPage, turned } from '../platform/keyset.ts';
import { iso } from '../platform/iso.ts';
import type { Outcome, Presence } from './attendance-outcome.ts';
import { reachable } from './queries.ts';

export type Participant = {
	id: string;
	name: string;
	staffNumber: string;
	title: string;
	unit: string | null;
	state: 'invited' | 'coming' | 'waiting' | 'declined';
	joinedAt: string;
	declinedBecause: string | null;
	/** Place on the waiting list, from 1. */
	turn: number | null;
	outcome: Outcome | null;
	hours: number | null;
};

type Filter = Partial<v.InferOutput<typeof schemas.participantList>>;

const size = 50;
const byName = { key: sql`people.name collate "zh-x-icu"`, id: sql`people.id`, type: 'text' as const };

const columns: SQL = sql`people.id, people.name, people.staff_number as "staffNumber", people.title, units.name as unit,
	event_participants.state, ${iso(eventParticipants.joinedAt)} as "joinedAt",
	event_participants.declined_because as "declinedBecause", event_participants.outcome, event_participants.hours::float8 as hours,
	case when event_participants.state = 'waiting' then (
		select 1 + count(*)::int from event_participants w where w.event_id = event_participants.event_id and w.state = 'waiting'
			and (w.joined_at, w.person_id) < (event_participants.joined_at, event_participants.person_id)) end as turn`;

const from = (ctx: Context, eventId: string): SQL => sql`
	from event_participants join people on people.id = event_participants.person_id
	left join units on units.id = coalesce(event_participants.unit_id, people.unit_id)
	where event_participants.event_id = ${eventId} and event_participants.state <> 'removed' and ${reachable(ctx)}`;

/** The participants of an event within the actor's reach, by name. The event itself was asked for before. */
export function listParticipants(ctx: Context, eventId: string, filter: Filter = {}): Promise<Page<Participant>> {
	const { q, state, outcome, after, before } = filter;
	return readPage<Participant>(
		{ after, before },
		{
			size,
			keyOf: ({ name, id }) => [name, id],
			read: async (turn) => {
				const { where, rest } = turned(byName, turn);
				const { rows } = await ctx.db.execute<Participant>(sql`
					select ${columns} ${from(ctx, eventId)} and ${where}
						and ${q ? isFoundBy(q) : sql`true`}
						and ${state ? sql`event_participants.state = ${state}` : sql`true`}
						and ${outcome ? sql`event_participants.outcome = ${outcome}` : sql`true`}
					${rest}`);
				return rows;
			}
		}
	);
}

export type AttendanceLine = Participant & {
	/** One for each session, in order; null where nothing is noted. */
	presences: (Presence | null)[];
	/** Where each note came from. */
	sources: ('list' | 'code' | 'sheet' | null)[];
};

/** As many as one list shows; a unit narrows it. */
export const mostListed = 2_000;

/** Everybody on the attendance list of an event, by unit in official order and by name, with what is noted of each session. */
export async function listAttendance(
	ctx: Context,
	eventId: string,
	{ unit }: { unit?: string | undefined } = {}
): Promise<AttendanceLine[]> {
	const { rows } = await ctx.db.execute<AttendanceLine>(sql`
		select ${columns}, array(select e.presence::text from event_sessions s
			left join event_presences e on e.session_id = s.id and e.person_id = people.id
			where s.event_id = event_participants.event_id order by s.position) as presences,
			array(select e.source from event_sessions s
			left join event_presences e on e.session_id = s.id and e.person_id = people.id
			where s.event_id = event_participants.event_id order by s.position) as sources
		${from(ctx, eventId)} and ${unit ? sql`units.id = ${unit}` : sql`true`}
		order by array_position(array['coming', 'invited', 'waiting', 'declined'], event_participants.state::text) > 2,
			units.path, people.name collate "zh-x-icu", people.id
		limit ${mostListed}`);
	return rows;
}

export type Correction = {
	id: string;
	person: string;
	session: number;
	before: Presence | null;
	after: Presence;
	reason: string;
	by: string;
	at: string;
};

/** What was corrected after an event was held, the latest first, of people within reach. */
export async function listCorrections(ctx: Context, eventId: string): Promise<Correction[]> {
	const { rows } = await ctx.db.execute<Correction>(sql`
		select c.id, people.name as person, s.position as session, c.before, c.after, c.reason, by.name as by,
			to_json(c.changed_at) #>> '{}' as at
		from event_presence_changes c join event_sessions s on s.id = c.session_id
		join event_participants on event_participants.event_id = s.event_id and event_participants.person_id = c.person_id
		join people on people.id = c.person_id join people by on by.id = c.changed_by
		where s.event_id = ${eventId} and ${reachable(ctx)}
		order by c.changed_at desc, c.id limit 200`);
	return rows;
}
