import { eq, sql } from 'drizzle-orm';
import { expect } from 'vitest';
import { eventParticipants, eventPresenceChanges } from '#db/schema/events.ts';
import { hourEntries } from '#db/schema/hours.ts';
import { people } from '#db/schema/people.ts';
import { correctPresence } from '#lib/server/events/correct-presence.ts';
import { settleAttendance } from '#lib/server/events/settle-attendance.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { aClosedEvent, aHeldEvent, type MadeEvent } from '#tests/factories/events.ts';
import { aUnit } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

async function settled({ db }: Context, { event, people }: MadeEvent) {
	const rows = await db.select().from(eventParticipants).where(eq(eventParticipants.eventId, event.id));
	return people.map(({ id }) => rows.find(({ personId }) => personId === id)!);
}

async function hoursOf({ db }: Context, { event, people }: MadeEvent, person: number): Promise<number[]> {
	const rows = await db
		.select({ hours: hourEntries.hours })
		.from(hourEntries)
		.where(sql`${hourEntries.personId} = ${people[person]!.id} and ${hourEntries.sourceId} = ${event.id}`)
		.orderBy(sql`number, reverses nulls first`);
	return rows.map(({ hours }) => hours);
}

const correct = (made: MadeEvent, person: number, presence: 'present' | 'absent' | 'leave') =>
	correctPresence(made.organiser, {
		...{ eventId: made.event.id, sessionId: made.sessions[0]!.id, personId: made.people[person]!.id },
		...{ presence, because: '签到表上有本人签名' }
	});

test('grants the hours of the event to those who attended enough, and a part of them to those who were there in part', async ({
	ctx
}) => {
	const made = await aClosedEvent(ctx, { presences: [['present'], ['leave'], ['partial']] });
	expect((await settled(ctx, made)).map(({ outcome, hours }) => [outcome, hours])).toEqual([
		['attended', 3],
		['on-leave', 0],
		['partial', 1.5]
	]);
	expect(await hoursOf(ctx, made, 0)).toEqual([3]);
	expect(await hoursOf(ctx, made, 1)).toEqual([]);
	expect(await hoursOf(ctx, made, 2), 'a part of the hours').toEqual([1.5]);
});

test('counts leave over the sessions of a class: one of seven is within the limit, two are not', async ({ ctx }) => {
	const made = await aClosedEvent(ctx, {
		...{ sessions: 7, people: 2 },
		presences: [['leave'], ['leave', 'leave']]
	});
	expect((await settled(ctx, made)).map(({ outcome }) => outcome)).toEqual(['attended', 'partial']);
	expect(await hoursOf(ctx, made, 0)).toEqual([21]);
});

test('a correction within what counts as in part mends the hours', async ({ ctx }) => {
	const made = await aClosedEvent(ctx, { sessions: 3, people: 1, presences: [['present', 'absent', 'absent']] });
	expect((await settled(ctx, made))[0]).toMatchObject({ outcome: 'partial', hours: 3, completedAt: null });
	await correctPresence(made.organiser, {
		...{ eventId: made.event.id, sessionId: made.sessions[1]!.id, personId: made.people[0]!.id },
		...{ presence: 'present', because: '签到表上有本人签名' }
	});
	expect((await settled(ctx, made))[0]).toMatchObject({ outcome: 'partial', hours: 6 });
	expect(await hoursOf(ctx, made, 0)).toEqual([3, -3, 6]);
});

test('settled again, changes nothing', async ({ ctx }) => {
	const made = await aClosedEvent(ctx);
	const before = await settled(ctx, made);
	await settleAttendance({ ...ctx, now: new Date(ctx.now.getTime() + 1) }, made.event.id);
	expect(await settled(ctx, made)).toEqual(before);
	expect(await hoursOf(ctx, made, 0)).toEqual([3]);
});

test('takes the hours back by a correction, and grants them anew by another', async ({ ctx }) => {
	const made = await aClosedEvent(ctx);
	await correct(made, 0, 'absent');
	expect(await hoursOf(ctx, made, 0)).toEqual([3, -3]);
	expect((await settled(ctx, made))[0]).toMatchObject({ outcome: 'absent', hours: 0, completedAt: null });
	await correct(made, 0, 'present');
	expect(await hoursOf(ctx, made, 0)).toEqual([3, -3, 3]);

	const history = await ctx.db.select().from(eventPresenceChanges).orderBy(eventPresenceChanges.id);
	expect(history.map(({ before, after }) => [before, after])).toEqual([
		['present', 'absent'],
		['absent', 'present']
	]);
});

test('keeps the unit of the day: a transfer before a correction does not move it', async ({ ctx }) => {
	const made = await aClosedEvent(ctx);
	const home = made.people[0]!.unitId;
	await ctx.db
		.update(people)
		.set({ unitId: (await aUnit(ctx)).id })
		.where(eq(people.id, made.people[0]!.id));
	await correct(made, 0, 'absent');
	await correct(made, 0, 'present');
	expect((await settled(ctx, made))[0]!.unitId).toBe(home);
});

test('counts hours in the year in which the event took place, though it is closed in the next', async ({ ctx }) => {
	const january = { ...ctx, now: new Date('2027-01-04T02:00:00Z') };
	const made = await aClosedEvent(january, { inDays: -7 });
	const [entry] = await ctx.db.select().from(hourEntries).where(eq(hourEntries.sourceId, made.event.id));
	expect(entry?.year).toBe(2026);
});

test('corrects a presence only with a change to make, only after the event, and never one’s own', async ({ ctx }) => {
	const made = await aClosedEvent(ctx);
	await expect(correct(made, 0, 'present')).rejects.toThrow('presence.unchanged');

	const held = await aHeldEvent(ctx);
	const own = { ...held.organiser, actor: { ...held.organiser.actor, personId: held.people[0]!.id } };
	await expect(correct({ ...held, organiser: own }, 0, 'present')).rejects.toThrow('access.own-case');
});
