import type { Context } from '../platform/context.ts';
import { type CalendarEntry, writeCalendar } from '../platform/calendar.ts';
import { env } from '../platform/env.ts';
import { type Event, listSessions, type Session } from './queries.ts';

/** The calendar file of an event: one entry for each session, the same ones with every change of the plan. */
export async function eventCalendar(ctx: Context, event: Event): Promise<string> {
	return writeCalendar(ctx, event.title, calendarEntries(event, await listSessions(ctx, event.id)));
}

/** What an event is in a calendar. The name of a session follows from its place in the event, so that moving one moves its entry. */
export function calendarEntries(event: Event, sessions: readonly Session[]): CalendarEntry[] {
	return sessions.map((session) => ({
		uid: `event-${event.id}-${session.position}@mingfa`,
		sequence: event.version - 1,
		starts: session.startsAt,
		ends: session.endsAt,
		title: sessions.length > 1 && session.title ? `${event.title} · ${session.title}` : event.title,
		description: session.lecturer || event.lecturer,
		place: session.place || event.place,
		...(env.ORIGIN ? { url: `${env.ORIGIN}/events/${event.id}` } : {}),
		cancelled: event.state === 'cancelled'
	}));
}
