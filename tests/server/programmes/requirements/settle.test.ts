import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { examCandidates } from '#db/schema/exam-candidates.ts';
import { examAttempts } from '#db/schema/exam-sittings.ts';
import { hourEntries } from '#db/schema/hours.ts';
import { obligations } from '#db/schema/programmes.ts';
import '#lib/server/jobs/subscriptions.ts';
import { announce } from '#lib/server/platform/announce.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { newId } from '#lib/server/platform/ids.ts';
import { settle } from '#lib/server/programmes/requirements/settle.ts';
import { aCompletion, aCourse } from '#tests/factories/courses.ts';
import { aClosedEvent } from '#tests/factories/events.ts';
import { type Exam, anExam, aPaper } from '#tests/factories/exams.ts';
import { aPerson, type Person } from '#tests/factories/people.ts';
import { exemptMarks, aProgramme, aProgrammeDuty, aStandingAssignment } from '#tests/factories/requirements.ts';
import { test } from '#tests/setup/test.ts';

type Requirement = NonNullable<NonNullable<Parameters<typeof aProgramme>[1]>['requirements']>[number];

/** Somebody who owes one requirement since the beginning of the year. */
async function owing(ctx: Context, requirement: Requirement, person?: Person) {
	const holder = person ?? (await aPerson(ctx));
	const programme = await aProgramme(ctx, { requirements: [requirement] });
	const standing = await aStandingAssignment(ctx, { programme });
	const duty = await aProgrammeDuty(ctx, { person: holder, standing, opensOn: '2026-01-01' });
	const now = async () => (await ctx.db.select().from(obligations).where(eq(obligations.id, duty.id)))[0]!;
	return { person: holder, now };
}

/** A paper that was sat and released, with so many of a hundred points. */
async function aResult(ctx: Context, exam: Exam, person: Person, score: number) {
	const paperId = await aPaper(ctx, exam);
	const window = { opensAt: exam.opensAt, closesAt: exam.closesAt };
	const outcome = score >= 60 ? ('passed' as const) : ('failed' as const);
	await ctx.db
		.insert(examCandidates)
		.values({ examId: exam.id, personId: person.id, paperId, ...window, score, outcome });
	await ctx.db.insert(examAttempts).values({
		id: newId(),
		examId: exam.id,
		personId: person.id,
		paperId,
		number: 1,
		state: 'released',
		total: 100,
		startedAt: ctx.now,
		deadlineAt: ctx.now,
		submittedAt: ctx.now,
		submittedBy: 'person',
		score,
		markedAt: ctx.now,
		releasedAt: ctx.now
	});
	await announce(ctx, 'exam.settled', { examId: exam.id, personIds: [person.id] });
}

test('an exam that was passed and released closes it, its make-up too, and a mark of its own is asked', async ({
	ctx
}) => {
	const exam = await anExam(ctx, { purpose: 'annual' });
	const strict = await owing(ctx, { kind: 'exam', examId: exam.id, passMark: 80 });
	const lenient = await owing(ctx, { kind: 'exam', examPurpose: 'annual' }, strict.person);
	await aResult(ctx, exam, strict.person, 70);
	expect(await strict.now()).toMatchObject({ completedAt: null });
	expect(await lenient.now()).toMatchObject({ evidenceExamId: exam.id, completedAt: ctx.now });

	const makeUp = await anExam(ctx, { kind: 'make-up', makeUpOfId: exam.id });
	await aResult(ctx, makeUp, strict.person, 85);
	expect(await strict.now()).toMatchObject({ evidenceExamId: makeUp.id });

	await ctx.db
		.update(examAttempts)
		.set({ state: 'voided', voidedAt: ctx.now, voidedBecause: '违规' })
		.where(eq(examAttempts.examId, makeUp.id));
	await announce(ctx, 'exam.settled', { examId: makeUp.id, personIds: [strict.person.id] });
	expect(await strict.now()).toMatchObject({ evidenceExamId: null, completedAt: null });
});

test('an event of the kind closes it once attendance is settled', async ({ ctx }) => {
	const person = await aPerson(ctx);
	const lecture = await owing(ctx, { kind: 'event', eventKind: 'lecture' }, person);
	const promoted = await owing(ctx, { kind: 'event', eventKind: 'lecture', eventPurpose: 'newly-promoted' }, person);
	const { event } = await aClosedEvent(ctx, { people: [person] });
	expect(await lecture.now()).toMatchObject({ evidenceEventId: event.id, completedAt: event.endsAt });
	expect(await promoted.now()).toMatchObject({ completedAt: null });
});

test('hours close it when there are enough, and open it again when an entry is reversed', async ({ ctx }) => {
	const { person, now } = await owing(ctx, { kind: 'hours', hours: 8, hourCategory: 'online' });
	const entry = (values: Partial<typeof hourEntries.$inferInsert>) => ({
		id: newId(),
		personId: person.id,
		year: 2026,
		category: 'online' as const,
		hours: 5,
		source: 'external' as const,
		sourceId: newId(),
		at: ctx.now,
		...values
	});
	const last = entry({});
	for (const one of [entry({}), entry({ category: 'class' })]) await ctx.db.insert(hourEntries).values(one);
	await settle(ctx, [person.id]);
	expect(await now()).toMatchObject({ completedAt: null });

	await ctx.db.insert(hourEntries).values(last);
	await announce(ctx, 'hours.changed', { personIds: [person.id] });
	expect(await now()).toMatchObject({ evidenceHours: 10, completedAt: ctx.now });
	await ctx.db.insert(hourEntries).values(entry({ hours: -5, sourceId: last.sourceId, reverses: last.id }));
	await announce(ctx, 'hours.changed', { personIds: [person.id] });
	expect(await now()).toMatchObject({ evidenceHours: null, completedAt: null });
});

test('electives close it with the course that makes the number full', async ({ ctx }) => {
	const courses = [
		await aCourse(ctx, { lessons: 1 }),
		await aCourse(ctx, { lessons: 1 }),
		await aCourse(ctx, { lessons: 1 })
	];
	const { person, now } = await owing(ctx, { kind: 'electives', choose: 2, electives: courses });
	await aCompletion(ctx, { person, course: courses[2]!, at: new Date('2026-05-01T00:00:00Z') });
	await settle(ctx, [person.id]);
	expect(await now()).toMatchObject({ completedAt: null });
	const full = await aCompletion(ctx, { person, course: courses[0]!, at: new Date('2026-06-01T00:00:00Z') });
	await settle(ctx, [person.id]);
	expect(await now()).toMatchObject({ completionId: full.id });
});

test('whoever was exempt and has done it has done it', async ({ ctx }) => {
	const course = await aCourse(ctx, { lessons: 1 });
	const { person, now } = await owing(ctx, { kind: 'course', courseId: course.id });
	await ctx.db
		.update(obligations)
		.set(await exemptMarks(ctx, person))
		.where(eq(obligations.personId, person.id));
	const { id } = await aCompletion(ctx, { person, course });
	await settle(ctx, [person.id]);
	expect(await now()).toMatchObject({ completionId: id, exemptAt: null });
});
