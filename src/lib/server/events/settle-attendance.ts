import { and, eq, sql } from 'drizzle-orm';
import { eventParticipants, events } from '#db/schema/events.ts';
import { grantAllHours } from '../hours/grant-hours.ts';
import { reverseHours } from '../hours/reverse-hours.ts';
import { announce } from '../platform/announce.ts';
import type { Context } from '../platform/context.ts';
import { yearOf } from '../platform/dates.ts';
import { conflict } from '../platform/errors.ts';
import { attendanceOutcome, type Outcome, type Presence } from './attendance-outcome.ts';
import type { Event } from './queries.ts';

export type Settled = Record<'attended' | 'partial' | 'onLeave' | 'absent', number>;

interface Attending {
	personId: string;
	unitId: string | null;
	state: string;
	formerUnitId: string | null;
	former: Outcome | null;
	/** One for each session, in order. */
	presences: (Presence | null)[];
}

/**
 * Settles what became of every participant of a closed event, by the one rule of `attendanceOutcome`: grants the hours of those who
 * attended enough, takes back those of whom a correction says otherwise, and announces whose outcome has changed. Whoever
 * declined or got no seat, and was not seen, has no outcome. Asked again, it changes nothing.
 * @throws conflict event.not-closed
 */
export async function settleAttendance(ctx: Context, eventId: string): Promise<Settled> {
	const event = await closedEvent(ctx, eventId);
	const judged = (await listAttending(ctx, eventId)).map((each) => ({ ...each, outcome: outcomeOf(each, event) }));
	const changed = judged.filter(({ former, outcome }) => former !== outcome);
	if (changed.length > 0) await write(ctx, event, changed);

	const lost = changed.filter(({ former }) => former === 'attended').map(({ personId }) => personId);
	await reverseHours(ctx, { personIds: lost, source: 'event', sourceId: eventId });
	const { hours, hourCategory: category, endsAt } = event;
	await grantAllHours(
		ctx,
		judged
			.filter(({ outcome }) => outcome === 'attended')
			.map(({ personId, unitId, formerUnitId }) => ({
				...{ personId, unitId: formerUnitId ?? unitId, category, hours },
				...{ source: 'event' as const, sourceId: eventId, year: yearOf(endsAt) }
			}))
	);
	if (changed.length > 0)
		await announce(ctx, 'attendance.settled', { eventId, personIds: changed.map(({ personId }) => personId) });

	const count = (wanted: Outcome) => judged.filter(({ outcome }) => outcome === wanted).length;
	return {
		attended: count('attended'),
		partial: count('partial'),
		onLeave: count('on-leave'),
		absent: count('absent')
	};
}

async function closedEvent({ db }: Context, eventId: string): Promise<Event> {
	const [event] = await db
		.select()
		.from(events)
		.where(and(eq(events.id, eventId), eq(events.state, 'closed')));
	if (!event) throw conflict('event.not-closed');
	return event;
}

function outcomeOf({ state, presences }: Attending, { leaveLimit }: Event): Outcome | null {
	const isExpected = state === 'coming' || state === 'invited';
	if (!isExpected && presences.every((presence) => presence === null)) return null;
	return attendanceOutcome(presences, leaveLimit);
}

async function listAttending({ db }: Context, eventId: string): Promise<Attending[]> {
	const { rows } = await db.execute<Attending & Record<string, unknown>>(sql`
		select p.person_id as "personId", people.unit_id as "unitId", p.unit_id as "formerUnitId", p.state, p.outcome as former,
			array(select e.presence::text from event_sessions s
				left join event_presences e on e.session_id = s.id and e.person_id = p.person_id
				where s.event_id = p.event_id order by s.position) as presences
		from event_participants p join people on people.id = p.person_id
		where p.event_id = ${eventId} and p.state <> 'removed'
		order by p.person_id`);
	return rows;
}

/** The unit is that of the day on which it was first settled: a transfer or a correction never moves it. */
async function write(
	{ db, now }: Context,
	{ id, hours }: Event,
	changed: (Attending & { outcome: Outcome | null })[]
): Promise<void> {
	const rows = changed.map(({ personId, unitId, outcome }) => ({ personId, unitId, outcome }));
	await db.execute(sql`
		update ${eventParticipants} p set outcome = w.outcome, unit_id = coalesce(p.unit_id, w."unitId"),
			hours = case when w.outcome is null then null when w.outcome = 'attended' then ${hours}::numeric else 0 end,
			completed_at = case when w.outcome = 'attended' then ${now}::timestamptz end
		from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as w ("personId" uuid, "unitId" uuid, outcome attendance_outcome)
		where p.event_id = ${id} and p.person_id = w."personId"`);
}
