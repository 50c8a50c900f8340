import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { eventPresences } from '#db/schema/events.ts';
import { enterRoomCode } from '#lib/server/events/enter-room-code.ts';
import { noteAttendance } from '#lib/server/events/note-attendance.ts';
import { roomCode } from '#lib/server/events/room-code.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { anOpenEvent, type MadeEvent } from '#tests/factories/events.ts';
import { aPerson } from '#tests/factories/people.ts';
import { as } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

/** An event with a code in its room, and the context of its first person ten minutes into it. */
async function inTheRoom(
	ctx: Context,
	values = {}
): Promise<{ made: MadeEvent; there: ReturnType<typeof as<Context>>; code: string }> {
	const made = await anOpenEvent(ctx, { roomCode: true, ...values });
	const now = new Date(made.event.startsAt.getTime() + 600_000);
	return { made, there: as({ ...ctx, now }, made.people[0]!.id), code: roomCode(made.event.roomSecret!, now) };
}

const presencesOf = ({ db }: Context, { people }: MadeEvent) =>
	db.select().from(eventPresences).where(eq(eventPresences.personId, people[0]!.id));

test('enters whoever is in the room, once', async ({ ctx }) => {
	const { made, there, code } = await inTheRoom(ctx);
	await enterRoomCode(there, { eventId: made.event.id, code });
	await enterRoomCode(there, { eventId: made.event.id, code });
	expect(await presencesOf(ctx, made)).toMatchObject([{ presence: 'present', source: 'code' }]);
});

test('leaves what the organiser has noted', async ({ ctx }) => {
	const { made, there, code } = await inTheRoom(ctx);
	const note = { sessionId: made.sessions[0]!.id, personId: made.people[0]!.id, presence: 'partial' as const };
	await noteAttendance(
		{ ...made.organiser, now: there.now },
		{ eventId: made.event.id, notes: [{ ...note, notedAt: made.event.startsAt }] }
	);
	await enterRoomCode(there, { eventId: made.event.id, code });
	expect(await presencesOf(ctx, made)).toMatchObject([{ presence: 'partial', source: 'list' }]);
});

test('is refused when wrong, and slows down whoever goes on guessing', async ({ ctx }) => {
	const { made, there, code } = await inTheRoom(ctx);
	const eventId = made.event.id;
	const wrong = code === '000000' ? '111111' : '000000';
	for (let tries = 0; tries < 5; tries++)
		await expect(enterRoomCode(there, { eventId, code: wrong })).rejects.toThrow('room-code.wrong');
	await expect(enterRoomCode(there, { eventId, code })).rejects.toThrow('room-code.too-soon');
});

test('is of no use without a session under way, with the code turned off, or for whoever is not invited', async ({
	ctx
}) => {
	const { made, code } = await inTheRoom(ctx);
	const eventId = made.event.id;
	const early = as(ctx, made.people[0]!.id);
	await expect(enterRoomCode(early, { eventId, code: roomCode(made.event.roomSecret!, ctx.now) })).rejects.toThrow(
		'room-code.no-session'
	);
	const stranger = as(ctx, (await aPerson(ctx)).id);
	await expect(enterRoomCode(stranger, { eventId, code })).rejects.toThrow('event.not-found');

	const off = await inTheRoom(ctx, { roomCode: false });
	await expect(enterRoomCode(off.there, { eventId: off.made.event.id, code: off.code })).rejects.toThrow(
		'room-code.wrong'
	);
});
