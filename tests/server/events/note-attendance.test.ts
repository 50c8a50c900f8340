import { and, eq } from 'drizzle-orm';
import fc from 'fast-check';
import { expect } from 'vitest';
import { eventPresences } from '#db/schema/events.ts';
import type { Presence } from '#lib/server/events/attendance-outcome.ts';
import { type Note, noteAllPresent, noteAttendance } from '#lib/server/events/note-attendance.ts';
import { listAttendance } from '#lib/server/events/list-participants.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { newId } from '#lib/server/platform/ids.ts';
import { aClosedEvent, aHeldEvent, anOpenEvent, type MadeEvent } from '#tests/factories/events.ts';
import { test } from '#tests/setup/test.ts';

const minutes = (ctx: Context, before: number) => new Date(ctx.now.getTime() - before * 60_000);

const note = ({ sessions, people }: MadeEvent, presence: Presence, notedAt: Date, person = 0): Note => ({
	...{ sessionId: sessions[0]!.id, personId: people[person]!.id, presence, notedAt }
});

async function noted({ db }: Context, { sessions, people }: MadeEvent, person = 0) {
	const [row] = await db
		.select()
		.from(eventPresences)
		.where(and(eq(eventPresences.sessionId, sessions[0]!.id), eq(eventPresences.personId, people[person]!.id)));
	return row;
}

test('keeps what was noted last, in whatever order the notes arrive', async ({ ctx }) => {
	const made = await aHeldEvent(ctx);
	const eventId = made.event.id;
	await noteAttendance(made.organiser, { eventId, notes: [note(made, 'leave', minutes(ctx, 5))] });
	await noteAttendance(made.organiser, { eventId, notes: [note(made, 'absent', minutes(ctx, 30))] });
	expect((await noted(ctx, made))?.presence).toBe('leave');
	await noteAttendance(made.organiser, { eventId, notes: [note(made, 'present', minutes(ctx, 1))] });
	expect((await noted(ctx, made))?.presence).toBe('present');
});

test('ends the same however notes are cut into batches and in whatever order these come', async ({ ctx }) => {
	const made = await aHeldEvent(ctx, { people: 1 });
	const eventId = made.event.id;
	const given = fc.uniqueArray(
		fc.record({
			at: fc.integer({ min: 1, max: 10_000 }),
			presence: fc.constantFrom<Presence>('present', 'partial', 'leave', 'absent')
		}),
		{ selector: ({ at }) => at, minLength: 1, maxLength: 6 }
	);
	await fc.assert(
		fc.asyncProperty(given, fc.array(fc.nat(5)), async (given, cuts) => {
			await ctx.db.delete(eventPresences);
			const notes = given.map(({ at, presence }) => note(made, presence, minutes(ctx, at)));
			const batches = [notes, ...cuts.map((cut) => notes.slice(cut % notes.length))];
			for (const batch of batches) await noteAttendance(made.organiser, { eventId, notes: batch });
			const latest = given.reduce((best, one) => (one.at < best.at ? one : best));
			expect((await noted(ctx, made))?.presence).toBe(latest.presence);
		}),
		{ numRuns: 20 }
	);
});

test('does not let a device whose clock runs ahead note in the future', async ({ ctx }) => {
	const made = await aHeldEvent(ctx);
	const eventId = made.event.id;
	await noteAttendance(made.organiser, { eventId, notes: [note(made, 'absent', minutes(ctx, -600))] });
	expect((await noted(ctx, made))?.notedAt).toEqual(ctx.now);
});

test('passes over people who are not on the list, and sessions of other events', async ({ ctx }) => {
	const made = await aHeldEvent(ctx);
	const other = await aHeldEvent(ctx);
	const notes = [
		note(made, 'present', ctx.now),
		{ ...note(made, 'present', ctx.now), personId: newId() },
		{ ...note(made, 'present', ctx.now), sessionId: other.sessions[0]!.id }
	];
	expect(await noteAttendance(made.organiser, { eventId: made.event.id, notes })).toEqual({ taken: 1, unknown: 2 });
});

test('enters all as present of whom nothing is noted', async ({ ctx }) => {
	const made = await aHeldEvent(ctx);
	const eventId = made.event.id;
	await noteAttendance(made.organiser, { eventId, notes: [note(made, 'leave', minutes(ctx, 5), 1)] });
	expect(await noteAllPresent(made.organiser, { eventId, sessionId: made.sessions[0]!.id })).toBe(2);
	const list = await listAttendance(made.organiser, eventId);
	expect(list.map(({ presences }) => presences[0]).sort()).toEqual(['leave', 'present', 'present']);
});

test('is not taken before the day of the event, nor after it was closed', async ({ ctx }) => {
	const early = await anOpenEvent(ctx);
	const act = noteAttendance(early.organiser, { eventId: early.event.id, notes: [note(early, 'present', ctx.now)] });
	await expect(act).rejects.toThrow('event.not-begun');

	const closed = await aClosedEvent(ctx);
	const late = noteAttendance(closed.organiser, { eventId: closed.event.id, notes: [note(closed, 'absent', ctx.now)] });
	await expect(late).rejects.toThrow('event.closed');
});
