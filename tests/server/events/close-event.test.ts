import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { auditEntries } from '#db/schema/audit.ts';
import { closeEvent } from '#lib/server/events/close-event.ts';
import { noteAttendance } from '#lib/server/events/note-attendance.ts';
import { aHeldEvent } from '#tests/factories/events.ts';
import { test } from '#tests/setup/test.ts';

test('says what became of everybody, once, and writes down the counts', async ({ ctx }) => {
	const { event, organiser, people, sessions } = await aHeldEvent(ctx);
	const note = (person: number, presence: 'present' | 'leave') => ({
		...{ sessionId: sessions[0]!.id, personId: people[person]!.id, presence, notedAt: ctx.now }
	});
	await noteAttendance(organiser, { eventId: event.id, notes: [note(0, 'present'), note(1, 'leave')] });
	const settled = { attended: 1, partial: 0, onLeave: 1, absent: 1 };
	expect(await closeEvent(organiser, { eventId: event.id })).toEqual(settled);
	await expect(closeEvent(organiser, { eventId: event.id })).rejects.toThrow('event.no-transition');
	const [line] = await ctx.db.select().from(auditEntries).where(eq(auditEntries.action, 'event.closed'));
	expect(line?.details).toEqual(settled);
});
