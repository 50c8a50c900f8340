import { eq } from 'drizzle-orm';
import { events, eventSessions } from '#db/schema/events.ts';
import { closeEvent } from '#lib/server/events/close-event.ts';
import { holdEvent } from '#lib/server/events/hold-event.ts';
import { invite } from '#lib/server/events/invite.ts';
import { noteAttendance } from '#lib/server/events/note-attendance.ts';
import type { Presence } from '#lib/server/events/attendance-outcome.ts';
import { openEvent } from '#lib/server/events/open-event.ts';
import { type Plan, planEvent } from '#lib/server/events/plan-event.ts';
import { type Event, listSessions, type Session } from '#lib/server/events/queries.ts';
import type { Context, SignedIn } from '#lib/server/platform/context.ts';
import { addDays, dateOf } from '#lib/server/platform/dates.ts';
import { aPerson, type Person } from './people.ts';
import { as, aUnit, theProvince, type Unit } from './units.ts';

/** A lecture of one session, or of so many on as many days, three hours each in the morning; a week ahead unless `inDays` says otherwise. */
export function aPlan(
	ctx: Context,
	{ inDays = 7, sessions = 1, ...values }: Partial<Plan> & { inDays?: number; sessions?: number } = {}
): Plan {
	const days = Array.from({ length: sessions }, (_, index) => addDays(dateOf(ctx.now), inDays + index));
	return {
		kind: sessions > 1 ? 'training-class' : 'lecture',
		purpose: 'general',
		title: '社会保险法专题讲座',
		content: '',
		lecturer: '',
		place: '三楼会议室',
		sessionDay: days,
		sessionFrom: days.map(() => '09:00'),
		sessionTo: days.map(() => '12:00'),
		sessionTitle: [],
		sessionLecturer: [],
		sessionPlace: [],
		hours: sessions * 3,
		hourCategory: 'class',
		capacity: null,
		leaveLimit: 0.143,
		roomCode: false,
		examId: null,
		articles: [],
		articleStatute: '',
		articleNumber: '',
		...values
	};
}

/** Somebody of the HR office, who keeps the events of the province. */
export const anOrganiser = async <Ctx extends Context>(ctx: Ctx) => {
	const province = await theProvince(ctx);
	return as(ctx, (await aPerson(ctx, { unit: province })).id, { role: 'hr', unit: province });
};

export interface MadeEvent {
	event: Event;
	sessions: Session[];
	organiser: SignedIn;
	people: Person[];
}

type Values = Partial<Plan> & { inDays?: number; sessions?: number; people?: number | Person[]; unit?: Unit };

/** A planned event of the province, or of `unit`, with three people of one unit on its list unless told. */
export async function aPlannedEvent(
	ctx: Context,
	{ people: wanted = 3, unit, ...values }: Values = {}
): Promise<MadeEvent> {
	const organiser = await anOrganiser(ctx);
	const home = typeof wanted === 'number' ? await aUnit(ctx) : undefined;
	const people: Person[] = typeof wanted === 'number' ? [] : wanted;
	if (typeof wanted === 'number')
		for (let made = 0; made < wanted; made++) people.push(await aPerson(ctx, { unit: home! }));

	const eventId = await planEvent(organiser, { unitId: (unit ?? (await theProvince(ctx))).id, ...aPlan(ctx, values) });
	if (people.length > 0) await invite(organiser, { eventId, personIds: people.map(({ id }) => id) });
	return { event: await eventOf(ctx, eventId), sessions: await listSessions(ctx, eventId), organiser, people };
}

/** The same, opened: its people are invited. */
export async function anOpenEvent(ctx: Context, values: Values = {}): Promise<MadeEvent> {
	const made = await aPlannedEvent(ctx, values);
	await openEvent(made.organiser, { eventId: made.event.id });
	return { ...made, event: await eventOf(ctx, made.event.id) };
}

/** An event that was held, by default yesterday. */
export async function aHeldEvent(ctx: Context, { sessions = 1, ...values }: Values = {}): Promise<MadeEvent> {
	const made = await anOpenEvent(ctx, { inDays: -sessions, sessions, ...values });
	await holdEvent(made.organiser, { eventId: made.event.id });
	return { ...made, event: await eventOf(ctx, made.event.id) };
}

/** A closed event in which each of its people was present as told, session by session; present in all unless told. */
export async function aClosedEvent(
	ctx: Context,
	{ presences = [], ...values }: Values & { presences?: Presence[][] } = {}
): Promise<MadeEvent> {
	const made = await aHeldEvent(ctx, values);
	await noteAttendance(made.organiser, {
		eventId: made.event.id,
		notes: made.people.flatMap(({ id: personId }, person) =>
			made.sessions.map(({ id: sessionId }, session) => ({
				...{ sessionId, personId, notedAt: ctx.now },
				presence: presences[person]?.[session] ?? 'present'
			}))
		)
	});
	await closeEvent(made.organiser, { eventId: made.event.id });
	return { ...made, event: await eventOf(ctx, made.event.id) };
}

/** An event as it stands. */
export async function eventOf({ db }: Context, eventId: string): Promise<Event> {
	const [event] = await db.select().from(events).where(eq(events.id, eventId));
	if (!event) throw new Error('there is no such event');
	return event;
}

/** The one session of a lecture. */
export async function sessionOf({ db }: Context, eventId: string): Promise<Session> {
	const [session] = await db.select().from(eventSessions).where(eq(eventSessions.eventId, eventId));
	return session!;
}
