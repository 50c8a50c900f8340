import { and, eq, sql } from 'drizzle-orm';
import { eventParticipants, events } from '#db/schema/events.ts';
import { grantAllHours } from '../hours/grant-hours.ts';
import { reverseHours } from '../hours/reverse-hours.ts';
import { announce } from '../platform/announce.ts';
import type { Context } from '../platform/context.ts';
import { yearOf } from '../platform/dates.ts';
import { conflict } from '../platform/errors.ts';
import { attendanceOutcome, creditedHours, type Outcome, type Presence } from './attendance-outcome.ts';
import type { Event } from './queries.ts';

export type Settled = Record<'attended' | 'partial' | 'onLeave' | 'absent', number>;

interface Attending {
	personId: string;
	unitId: string | null;
	state: string;
	formerUnitId: string | null;
	former: Outcome | null;
	formerHours: number | null;
	/** One for each session, in order. */
	presences: (Presence | null)[];
}

/**
 * Settles what became of every participant of a closed event, by the rules of `attendanceOutcome` and `creditedHours`: grants the
 * hours that each has earned, takes back what a correction says was not, and announces whose outcome has changed. Whoever
 * declined or got no seat, and was not seen, has no outcome. Asked again, it changes nothing.
 * @throws conflict event.not-closed
 */
export async function settleAttendance(ctx: Context, eventId: string): Promise<Settled> {
	const event = await closedEvent(ctx, eventId);
	const judged = (await listAttending(ctx, eventId)).map((each) => judge(each, event));
	const changed = judged.filter((each) => each.former !== each.outcome || each.formerHours !== each.hours);
	if (changed.length > 0) await write(ctx, event, changed);

	const lost = changed.filter(({ formerHours }) => formerHours).map(({ personId }) => personId);
	await reverseHours(ctx, { personIds: lost, source: 'event', sourceId: eventId });
	const { hourCategory: category, endsAt } = event;
	await grantAllHours(
		ctx,
		judged
			.filter(({ hours }) => hours)
			.map(({ personId, unitId, formerUnitId, hours }) => ({
				...{ personId, unitId: formerUnitId ?? unitId, category, hours: hours ?? 0 },
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

type Judged = Attending & { outcome: Outcome | null; hours: number | null };

function judge(attending: Attending, { leaveLimit, hours }: Event): Judged {
	const { state, presences } = attending;
	const isExpected = state === 'coming' || state === 'invited';
	if (!isExpected && presences.every((presence) => presence === null))
		return { ...attending, outcome: null, hours: null };
	return {
		...attending,
		outcome: attendanceOutcome(presences, leaveLimit),
		hours: creditedHours(presences, leaveLimit, hours)
	};
}

async function listAttending({ db }: Context, eventId: string): Promise<Attending[]> {
	const { rows } = await db.execute<Attending & Record<string, unknown>>(sql`
		select p.person_id as "personId", people.unit_id as "unitId", p.unit_id as "formerUnitId", p.state, p.outcome as former, p.hours::float8 as "formerHours",
			array(select e.presence::text from event_sessions s
				left join event_presences e on e.session_id = s.id and e.person_id = p.person_id
				where s.event_id = p.event_id order by s.position) as presences
		from event_participants p join people on people.id = p.person_id
		where p.event_id = ${eventId} and p.state <> 'removed'
		order by p.person_id`);
	return rows;
}

/** The unit is that of the day on which it was first settled: a transfer or a correction never moves it. */
async function write({ db, now }: Context, { id }: Event, changed: Judged[]): Promise<void> {
	const rows = changed.map(({ personId, unitId, outcome, hours }) => ({ personId, unitId, outcome, hours }));
	await db.execute(sql`
		update ${eventParticipants} p set outcome = w.outcome, unit_id = coalesce(p.unit_id, w."unitId"),
			hours = w.hours,
			completed_at = case when w.outcome = 'attended' then coalesce(p.completed_at, ${now}::timestamptz) end
		from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as w ("personId" uuid, "unitId" uuid, outcome attendance_outcome, hours numeric)
		where p.event_id = ${id} and p.person_id = w."personId"`);
}
