import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { eventSessions } from '#db/schema/events.ts';
import { examCandidates } from '#db/schema/exam-candidates.ts';
import { editEvent } from '#lib/server/events/edit-event.ts';
import { noteAttendance } from '#lib/server/events/note-attendance.ts';
import { respond } from '#lib/server/events/respond.ts';
import { aHeldEvent, anOpenEvent, aPlan } from '#tests/factories/events.ts';
import { aPublishedExam } from '#tests/factories/exams.ts';
import { as } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

test('what was held is not planned any more', async ({ ctx }) => {
	const { event, organiser } = await aHeldEvent(ctx);
	const edit = editEvent(organiser, { eventId: event.id, version: event.version, ...aPlan(ctx) });
	await expect(edit).rejects.toThrow('event.not-open');
});

test('a session in which somebody was noted cannot be taken out; any other goes', async ({ ctx }) => {
	const { event, organiser, people, sessions } = await anOpenEvent(ctx, { inDays: 0, sessions: 2 });
	const plan = { eventId: event.id, ...aPlan(ctx, { inDays: 0 }) };
	const note = { sessionId: sessions[1]!.id, personId: people[0]!.id, presence: 'present', notedAt: ctx.now } as const;
	await noteAttendance(organiser, { eventId: event.id, notes: [note] });
	await expect(editEvent(organiser, { ...plan, version: event.version })).rejects.toThrow('event.session-noted');

	const other = await anOpenEvent(ctx, { inDays: 0, sessions: 2 });
	await editEvent(other.organiser, { ...plan, eventId: other.event.id, version: other.event.version });
	const left = await ctx.db.select().from(eventSessions).where(eq(eventSessions.eventId, other.event.id));
	expect(left.map(({ id }) => id)).toEqual([other.sessions[0]!.id]);
});

test('an exam that is linked later has whoever comes already', async ({ ctx }) => {
	const { exam } = await aPublishedExam(ctx, { candidates: 1 });
	const { event, organiser, people } = await anOpenEvent(ctx);
	await respond(as(ctx, people[0]!.id), { eventId: event.id, answer: 'accept', because: null });
	await editEvent(organiser, {
		...{ eventId: event.id, version: event.version },
		...aPlan(ctx, { examId: exam.id })
	});
	const candidates = await ctx.db.select().from(examCandidates).where(eq(examCandidates.examId, exam.id));
	expect(candidates.map(({ personId }) => personId)).toContain(people[0]!.id);
});
