import { sql } from 'drizzle-orm';
import { can } from '../access/scope.ts';
import type { Context } from '../platform/context.ts';
import { countParticipants, type Event, getEvent, listSessions, type Session } from './queries.ts';

/** An event as its pages show it, without what the code in the room follows from. */
export type EventView = {
	event: Omit<Event, 'roomSecret'>;
	unit: string;
	sessions: Session[];
	counts: Awaited<ReturnType<typeof countParticipants>> & {
		/** Of those expected, who is without a note in some session. */
		unnoted: number;
	};
	exam: { id: string; title: string } | null;
	may: { edit: boolean };
	/** Whether attendance is taken now: from the day on which it begins until it is closed. */
	hasBegun: boolean;
	isOver: boolean;
};

/** @throws not-found event.not-found */
export async function readEvent(ctx: Context, eventId: string): Promise<EventView> {
	const { unit, unitPath, roomSecret: _, ...event } = await getEvent(ctx, eventId);
	const [sessions, counts, more] = await Promise.all([
		listSessions(ctx, eventId),
		countParticipants(ctx, eventId),
		alsoOf(ctx, eventId)
	]);
	return {
		...{ event, unit, sessions, exam: more.exam },
		counts: { ...counts, unnoted: more.unnoted },
		may: { edit: can(ctx.actor, 'event:edit', unitPath) },
		hasBegun: event.startsAt <= ctx.now,
		isOver: event.endsAt <= ctx.now
	};
}

async function alsoOf({ db }: Context, eventId: string) {
	const { rows } = await db.execute<{ unnoted: number; exam: { id: string; title: string } | null }>(sql`
		select (select json_build_object('id', x.id, 'title', x.title) from exams x where x.id = e.exam_id) as exam,
			(select count(*)::int from event_participants p where p.event_id = e.id and p.state in ('coming', 'invited') and exists (
				select 1 from event_sessions s where s.event_id = e.id and not exists (
					select 1 from event_presences n where n.session_id = s.id and n.person_id = p.person_id))) as unnoted
		from events e where e.id = ${eventId}`);
	return rows[0]!;
}
