import { and, eq, gt, inArray, sql } from 'drizzle-orm';
import type * as v from 'valibot';
import { eventArticles, eventParticipants, eventPresences, events, eventSessions } from '#db/schema/events.ts';
import type * as schemas from '#lib/schemas/events.ts';
import { record } from '../audit/record.ts';
import { notify } from '../notifications/notify.ts';
import { atomically, type SignedIn } from '../platform/context.ts';
import { conflict } from '../platform/errors.ts';
import { newId, newSecret } from '../platform/ids.ts';
import { isOpenToChange } from './event-state.ts';
import { fillSeats } from './fill-seats.ts';
import { factsOf, type PlannedSession, sessionsOf, setArticles } from './plan-event.ts';
import { type Event, listSessions, lockEvent } from './queries.ts';
import { demandExam, sendToExam } from './send-to-exam.ts';

/**
 * Changes the plan of an event that has not been held. Who has been invited is told when its times or places move; new seats go
 * to whoever waits. Its calendar entries carry the new version.
 * @throws conflict event.not-open | event.changed where somebody else was quicker | event.seats-taken | event.session-noted
 */
export function editEvent(ctx: SignedIn, input: v.InferOutput<typeof schemas.editEvent>): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const { eventId, version, ...plan } = input;
		const event = await lockEvent(ctx, eventId);
		if (!isOpenToChange(event.state)) throw conflict('event.not-open');
		if (event.version !== version) throw conflict('event.changed');
		if (plan.examId && plan.examId !== event.examId) await demandExam(ctx, plan.examId);
		await demandSeats(ctx, eventId, plan.capacity);

		const sessions = sessionsOf(plan);
		const moved = await setSessions(ctx, event, sessions);
		await ctx.db
			.update(events)
			.set({ ...factsOf(plan, sessions), roomSecret: event.roomSecret ?? newSecret(), version: version + 1 })
			.where(eq(events.id, eventId));
		await ctx.db.delete(eventArticles).where(eq(eventArticles.eventId, eventId));
		await setArticles(ctx, eventId, plan);
		await record(ctx, 'event.edited', eventId, { version: version + 1 });

		if (event.state !== 'open') return;
		await fillSeats(ctx, { ...event, capacity: plan.capacity, title: plan.title });
		await sendToExam(ctx, { id: eventId, examId: plan.examId });
		if (moved || plan.place !== event.place) await tell(ctx, event, version + 1);
	});
}

async function demandSeats({ db }: SignedIn, eventId: string, capacity: number | null): Promise<void> {
	if (capacity === null) return;
	const coming = await db.$count(
		eventParticipants,
		and(eq(eventParticipants.eventId, eventId), eq(eventParticipants.state, 'coming'))
	);
	if (coming > capacity) throw conflict('event.seats-taken', { field: 'capacity', values: { count: coming } });
}

/** Session for session in their order; those that are left over go, unless somebody has been noted down in them. @returns whether a time or place moved */
async function setSessions(ctx: SignedIn, { id: eventId }: Event, wanted: PlannedSession[]): Promise<boolean> {
	const before = await listSessions(ctx, eventId);
	const superfluous = before.slice(wanted.length).map(({ id }) => id);
	if (superfluous.length > 0) {
		const noted = await ctx.db.$count(eventPresences, inArray(eventPresences.sessionId, superfluous));
		if (noted > 0) throw conflict('event.session-noted', { field: 'sessionDay' });
		await ctx.db
			.delete(eventSessions)
			.where(and(eq(eventSessions.eventId, eventId), gt(eventSessions.position, wanted.length)));
	}
	let moved = before.length !== wanted.length;
	for (const [index, session] of wanted.entries()) {
		const former = before[index];
		moved ||= !former || former.startsAt.getTime() !== session.startsAt.getTime() || former.place !== session.place;
		if (former) await ctx.db.update(eventSessions).set(session).where(eq(eventSessions.id, former.id));
		else await ctx.db.insert(eventSessions).values({ id: newId(), eventId, position: index + 1, ...session });
	}
	return moved;
}

async function tell(ctx: SignedIn, { id, title }: Event, version: number): Promise<void> {
	const told = await ctx.db
		.select({ personId: eventParticipants.personId })
		.from(eventParticipants)
		.where(
			sql`${eventParticipants.eventId} = ${id} and ${eventParticipants.state} in ('invited', 'coming', 'waiting')`
		);
	await notify(
		ctx,
		told.map(({ personId }) => personId),
		{
			kind: 'event_moved',
			occasion: `${id} ${version}`,
			href: `/events/${id}`,
			values: { title: { 'zh-CN': title, en: title } }
		}
	);
}
