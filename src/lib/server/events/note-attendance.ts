import { eq, sql } from 'drizzle-orm';
import { eventPresences, eventSessions } from '#db/schema/events.ts';
import { record } from '../audit/record.ts';
import { atomically, type SignedIn } from '../platform/context.ts';
import { dateOf } from '../platform/dates.ts';
import { conflict, notFound } from '../platform/errors.ts';
import type { Presence } from './attendance-outcome.ts';
import { type Event, lockEvent } from './queries.ts';
import { sendToExam } from './send-to-exam.ts';

/** Who was there, as somebody noted it at an instant. */
export type Note = { sessionId: string; personId: string; presence: Presence; notedAt: Date };

export interface Noted {
	/** Taken, or known already from a later note. */
	taken: number;
	/** Notes about somebody who is not on the list, or about a session that is not of this event. */
	unknown: number;
}

/**
 * Notes presence on the organiser's list, in whatever order the notes arrive: of two about the same person and session the one
 * that was made later stays. A device whose clock runs ahead cannot note in the future.
 * @throws conflict event.not-open | event.closed | event.not-begun, not-found event.not-found
 */
export function noteAttendance(
	ctx: SignedIn,
	{ eventId, notes, source = 'list' }: { eventId: string; notes: Note[]; source?: 'list' | 'sheet' }
): Promise<Noted> {
	return atomically(ctx, async (ctx) => {
		const event = await lockEvent(ctx, eventId);
		demandListOpen(ctx, event);
		const known = await write(ctx, eventId, notes, source);
		if (known > 0) await record(ctx, 'attendance.noted', eventId, { notes: known, source });
		await sendToExam(ctx, event);
		return { taken: known, unknown: notes.length - known };
	});
}

/** Enters everybody expected of whom nothing has been noted in a session as present. @returns how many @throws as noteAttendance */
export function noteAllPresent(
	ctx: SignedIn,
	{ eventId, sessionId }: { eventId: string; sessionId: string }
): Promise<number> {
	return atomically(ctx, async (ctx) => {
		const event = await lockEvent(ctx, eventId);
		demandListOpen(ctx, event);
		const [session] = await ctx.db.select().from(eventSessions).where(eq(eventSessions.id, sessionId));
		if (session?.eventId !== eventId) throw notFound('session');
		const { rowCount } = await ctx.db.execute(sql`
			insert into ${eventPresences} (session_id, person_id, presence, source, noted_at, recorded_by, recorded_at)
			select ${sessionId}, person_id, 'present', 'list', ${ctx.now}, ${ctx.actor.personId}, ${ctx.now}
			from event_participants where event_id = ${eventId} and state in ('coming', 'invited')
			on conflict do nothing`);
		const noted = rowCount ?? 0;
		if (noted > 0) await record(ctx, 'attendance.noted', eventId, { sessionId, notes: noted, source: 'all' });
		await sendToExam(ctx, event);
		return noted;
	});
}

/** The list is open from the day of the first session until the event is closed. */
export function demandListOpen({ now }: SignedIn, { state, startsAt }: Event): void {
	if (state === 'closed') throw conflict('event.closed');
	if (state !== 'open' && state !== 'held') throw conflict('event.not-open');
	if (dateOf(startsAt) > dateOf(now)) throw conflict('event.not-begun');
}

/** One statement for any number of notes; of several about the same the latest. @returns how many were about people and sessions of the event */
async function write(ctx: SignedIn, eventId: string, notes: Note[], source: string): Promise<number> {
	const rows = notes.map(({ notedAt, ...note }) => ({
		...note,
		notedAt: new Date(Math.min(notedAt.getTime(), ctx.now.getTime()))
	}));
	const { rows: counted } = await ctx.db.execute<{ count: number }>(sql`
		with given as (
			select n.*, n."sessionId" as session_id, n."personId" as person_id
			from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
				as n ("sessionId" uuid, "personId" uuid, presence presence, "notedAt" timestamptz)
			join ${eventSessions} s on s.id = n."sessionId" and s.event_id = ${eventId}
			join event_participants p on p.event_id = s.event_id and p.person_id = n."personId" and p.state <> 'removed'
		), latest as (
			select distinct on (session_id, person_id) * from given order by session_id, person_id, "notedAt" desc
		), written as (
			insert into ${eventPresences} (session_id, person_id, presence, source, noted_at, recorded_by, recorded_at)
			select session_id, person_id, presence, ${source}, "notedAt", ${ctx.actor.personId}, ${ctx.now} from latest
			on conflict (session_id, person_id) do update
				set presence = excluded.presence, source = excluded.source, noted_at = excluded.noted_at,
					recorded_by = excluded.recorded_by, recorded_at = excluded.recorded_at
				where event_presences.noted_at <= excluded.noted_at
		)
		select count(*)::int as count from given`);
	return counted[0]?.count ?? 0;
}
