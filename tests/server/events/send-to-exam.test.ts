import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { events } from '#db/schema/events.ts';
import { examCandidates, examTargets } from '#db/schema/exam-candidates.ts';
import { type exams } from '#db/schema/exams.ts';
import { noteAttendance } from '#lib/server/events/note-attendance.ts';
import { planEvent } from '#lib/server/events/plan-event.ts';
import { removeParticipant, respond } from '#lib/server/events/respond.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { anOpenEvent, aPlan, type MadeEvent } from '#tests/factories/events.ts';
import { anExam, aPublishedExam } from '#tests/factories/exams.ts';
import { aPerson, type Person } from '#tests/factories/people.ts';
import { as, aUnit } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

/** A class of three people that ends with this exam. */
async function aClass(ctx: Context, exam: typeof exams.$inferSelect): Promise<MadeEvent> {
	const made = await anOpenEvent(ctx, { inDays: 0 });
	await ctx.db.update(events).set({ examId: exam.id }).where(eq(events.id, made.event.id));
	return made;
}

const accept = (ctx: Context, { event }: MadeEvent, person: Person) =>
	respond(as(ctx, person.id), { eventId: event.id, answer: 'accept', because: null });

const candidates = async ({ db }: Context, { id }: typeof exams.$inferSelect) =>
	(await db.select().from(examCandidates).where(eq(examCandidates.examId, id))).map(({ personId }) => personId);

test('whoever comes to a class is a candidate of the exam that ends it, from the moment they say so', async ({
	ctx
}) => {
	const { exam, candidates: before } = await aPublishedExam(ctx, { candidates: 1 });
	const made = await aClass(ctx, exam);
	await accept(ctx, made, made.people[0]!);
	await accept(ctx, made, made.people[0]!);
	const expected = [before[0]!.id, made.people[0]!.id];
	expect((await candidates(ctx, exam)).sort()).toEqual(expected.sort());
});

test('so is whoever was seen there without having answered; whoever was absent is not', async ({ ctx }) => {
	const { exam } = await aPublishedExam(ctx, { candidates: 1 });
	const made = await aClass(ctx, exam);
	const note = (person: Person, presence: 'partial' | 'absent') => ({
		...{ sessionId: made.sessions[0]!.id, personId: person.id, presence, notedAt: ctx.now }
	});
	await noteAttendance(made.organiser, {
		eventId: made.event.id,
		notes: [note(made.people[0]!, 'partial'), note(made.people[1]!, 'absent')]
	});
	expect(await candidates(ctx, exam)).toContain(made.people[0]!.id);
	expect(await candidates(ctx, exam)).toHaveLength(2);
	await removeParticipant(made.organiser, { eventId: made.event.id, personId: made.people[2]!.id });
	expect(await candidates(ctx, exam)).toHaveLength(2);
});

test('of an exam that is still a draft they are named, once', async ({ ctx }) => {
	const exam = await anExam(ctx);
	const made = await aClass(ctx, exam);
	for (const person of made.people) await accept(ctx, made, person);
	const named = await ctx.db.select().from(examTargets).where(eq(examTargets.examId, exam.id));
	expect(named.map(({ personId }) => personId).sort()).toEqual(made.people.map(({ id }) => id).sort());
});

test('a class ends only with an exam that its organiser may edit', async ({ ctx }) => {
	const { exam } = await aPublishedExam(ctx, { candidates: 1 });
	const unit = await aUnit(ctx);
	const liaison = as(ctx, (await aPerson(ctx, { unit })).id, { role: 'liaison', unit });
	const plan = { unitId: unit.id, ...aPlan(ctx, { examId: exam.id }) };
	await expect(planEvent(liaison, plan)).rejects.toThrow(/exam-not-yours|exam.not-found/);
});
