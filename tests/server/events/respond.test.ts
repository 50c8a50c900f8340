import { and, eq, sql } from 'drizzle-orm';
import { expect } from 'vitest';
import { eventParticipants } from '#db/schema/events.ts';
import { notifications } from '#db/schema/notifications.ts';
import { editEvent } from '#lib/server/events/edit-event.ts';
import { answerFor, removeParticipant, respond } from '#lib/server/events/respond.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { anOpenEvent, aPlan, aPlannedEvent, type MadeEvent } from '#tests/factories/events.ts';
import { aPerson } from '#tests/factories/people.ts';
import { as } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

const accept = { answer: 'accept', because: null } as const;
const decline = { answer: 'decline', because: '当天要开庭应诉' } as const;

/** Answers of the people of an event, one after the other, a second apart. */
async function answers(ctx: Context, { event, people }: MadeEvent, given: ('accept' | 'decline')[]) {
	const led: string[] = [];
	for (const [index, answer] of given.entries()) {
		const now = new Date(ctx.now.getTime() + index * 1_000);
		const choice = answer === 'accept' ? accept : decline;
		led.push(await respond(as({ ...ctx, now }, people[index]!.id), { eventId: event.id, ...choice }));
	}
	return led;
}

async function standings({ db }: Context, { event, people }: MadeEvent) {
	const rows = await db.select().from(eventParticipants).where(eq(eventParticipants.eventId, event.id));
	return people.map(({ id }) => rows.find(({ personId }) => personId === id)?.state);
}

test('gives seats in the order of coming; who comes later waits', async ({ ctx }) => {
	const made = await anOpenEvent(ctx, { people: 4, capacity: 2 });
	expect(await answers(ctx, made, ['accept', 'accept', 'accept', 'accept'])).toEqual([
		'coming',
		'coming',
		'waiting',
		'waiting'
	]);
});

test('gives a seat that is given back to whoever has waited longest, and tells them', async ({ ctx }) => {
	const made = await anOpenEvent(ctx, { people: 4, capacity: 2 });
	await answers(ctx, made, ['accept', 'accept', 'accept', 'accept']);
	await respond(as(ctx, made.people[0]!.id), { eventId: made.event.id, ...decline });
	expect(await standings(ctx, made)).toEqual(['declined', 'coming', 'coming', 'waiting']);

	const told = await ctx.db
		.select({ personId: notifications.personId })
		.from(notifications)
		.where(eq(notifications.kind, 'event_seat'));
	expect(told).toEqual([{ personId: made.people[2]!.id }]);
});

test('lets people move up when somebody is taken off the list, or seats are added', async ({ ctx }) => {
	const made = await anOpenEvent(ctx, { people: 4, capacity: 1 });
	await answers(ctx, made, ['accept', 'accept', 'accept', 'accept']);
	await removeParticipant(made.organiser, { eventId: made.event.id, personId: made.people[0]!.id });
	expect(await standings(ctx, made)).toEqual(['removed', 'coming', 'waiting', 'waiting']);

	await editEvent(made.organiser, { eventId: made.event.id, version: 1, ...aPlan(ctx, { capacity: 3 }) });
	expect(await standings(ctx, made)).toEqual(['removed', 'coming', 'coming', 'coming']);
});

test('does not take seats away that people have', async ({ ctx }) => {
	const made = await anOpenEvent(ctx, { people: 2 });
	await answers(ctx, made, ['accept', 'accept']);
	const act = editEvent(made.organiser, { eventId: made.event.id, version: 1, ...aPlan(ctx, { capacity: 1 }) });
	await expect(act).rejects.toMatchObject({ code: 'event.seats-taken', field: 'capacity' });
});

test('lets people change their mind, and keeps the place of those who accept twice', async ({ ctx }) => {
	const made = await anOpenEvent(ctx, { people: 2, capacity: 1 });
	const [first] = made.people;
	const act = (answer: typeof accept | typeof decline) =>
		respond(as(ctx, first!.id), { eventId: made.event.id, ...answer });
	expect([await act(decline), await act(accept), await act(accept)]).toEqual(['declined', 'coming', 'coming']);
});

test('takes an answer that was given by word from the organiser', async ({ ctx }) => {
	const { event, organiser, people } = await anOpenEvent(ctx);
	const act = answerFor(organiser, { eventId: event.id, personId: people[0]!.id, ...decline });
	expect(await act).toBe('declined');
});

test('takes no answer from whoever is not invited, before it is opened, or once it is over', async ({ ctx }) => {
	const open = await anOpenEvent(ctx);
	const stranger = as(ctx, (await aPerson(ctx)).id);
	await expect(respond(stranger, { eventId: open.event.id, ...accept })).rejects.toThrow('event.not-found');

	const planned = await aPlannedEvent(ctx);
	const early = respond(as(ctx, planned.people[0]!.id), { eventId: planned.event.id, ...accept });
	await expect(early).rejects.toThrow('event.no-answers');

	const after = { ...ctx, now: open.event.endsAt };
	const late = respond(as(after, open.people[0]!.id), { eventId: open.event.id, ...accept });
	await expect(late).rejects.toThrow('event.no-answers');
});

test('gives every seat once when thirty people accept and step back at the same time', async ({ freshDatabase }) => {
	const { ctx } = await freshDatabase();
	const made = await anOpenEvent(ctx, { people: 30, capacity: 7 });
	await Promise.all(made.people.map(({ id }) => respond(as(ctx, id), { eventId: made.event.id, ...accept })));
	const seated = async () => (await standings(ctx, made)).filter((state) => state === 'coming').length;
	expect(await seated()).toBe(7);

	const coming = made.people.filter((_, index) => index % 3 === 0);
	await Promise.all(coming.map(({ id }) => respond(as(ctx, id), { eventId: made.event.id, ...decline })));
	expect(await seated()).toBe(7);
	expect((await standings(ctx, made)).filter((state) => state === 'declined')).toHaveLength(coming.length);
});

test('has a database that refuses a seat too many', async ({ ctx }) => {
	const made = await anOpenEvent(ctx, { people: 2, capacity: 1 });
	await answers(ctx, made, ['accept', 'accept']);
	const forced = ctx.db.transaction((db) =>
		db
			.update(eventParticipants)
			.set({ state: 'coming' })
			.where(and(eq(eventParticipants.eventId, made.event.id), sql`state = 'waiting'`))
	);
	await expect(forced).rejects.toMatchObject({ cause: { constraint: 'event_participants_seats' } });
});
