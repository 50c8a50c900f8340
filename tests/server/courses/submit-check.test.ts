import { eq } from 'drizzle-orm';
import { expect, vi } from 'vitest';
import { auditEntries } from '#db/schema/audit.ts';
import { courseCompletions, lessonCompletions, masteryChecks } from '#db/schema/courses.ts';
import { hourEntries } from '#db/schema/hours.ts';
import { people } from '#db/schema/people.ts';
import { beginCheck } from '#lib/server/courses/begin-check.ts';
import { listPinnedQuestions } from '#lib/server/courses/check-queries.ts';
import { saveAnswer } from '#lib/server/courses/save-answer.ts';
import { submitCheck } from '#lib/server/courses/submit-check.ts';
import { subscribe } from '#lib/server/platform/announce.ts';
import { addressOf, answerAll, answersTo, aTry, later } from '#tests/factories/checks.ts';
import { aCourse } from '#tests/factories/courses.ts';
import { aPerson } from '#tests/factories/people.ts';
import { as } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

const completed = vi.fn(async () => {});
subscribe('course.completed', completed);

test('marks every kind of question, and passes with the pass mark', async ({ ctx: base }) => {
	const [person, course] = [await aPerson(base), await aCourse(base, { lessons: 1, draw: 12, pass: 11 })];
	const ctx = as(base, person.id);
	const { checkId, outcome } = await aTry(ctx, addressOf(course), { wrong: 1 });

	expect(outcome).toBe('passed');
	expect((await listPinnedQuestions(ctx, checkId)).map(({ correct }) => correct)).toEqual([
		false,
		...Array.from({ length: 11 }, () => true)
	]);
	const [check] = await base.db.select().from(masteryChecks);
	expect(check).toMatchObject({ status: 'passed', correct: 11, pass: 11, submittedAt: ctx.now });
});

test('one below the pass mark fails, and completes nothing', async ({ ctx: base }) => {
	const [person, course] = [await aPerson(base), await aCourse(base, { lessons: 1 })];
	const { outcome } = await aTry(as(base, person.id), addressOf(course), { wrong: 2 });

	expect(outcome).toBe('failed');
	expect(await base.db.select().from(lessonCompletions)).toEqual([]);
});

test('unanswered questions count as wrong, once the actor knows of them', async ({ ctx: base }) => {
	const ctx = as(base, (await aPerson(base)).id);
	const course = await aCourse(base, { lessons: 1 });
	const checkId = await beginCheck(ctx, addressOf(course));
	const [first, ...others] = await answersTo(ctx, checkId);
	for (const each of others) await saveAnswer(ctx, { checkId, ...each });

	await expect(submitCheck(ctx, { checkId, unanswered: 0 })).rejects.toMatchObject({
		code: 'check.unanswered',
		values: { count: 1 }
	});
	expect(await submitCheck(ctx, { checkId, unanswered: 1 })).toBe('passed');
	expect((await listPinnedQuestions(ctx, checkId))[first!.position - 1]).toMatchObject({
		response: null,
		correct: false
	});
});

test('the last lesson completes the course: version, unit, time, hours, audit, announcement', async ({ ctx: base }) => {
	const [person, course] = [await aPerson(base), await aCourse(base, { kind: 'elective', hours: 3.5 })];
	const ctx = as(base, person.id);
	completed.mockClear();

	await aTry(ctx, addressOf(course));
	expect(await base.db.select().from(courseCompletions)).toEqual([]);
	const last = await aTry(later(ctx, 5), addressOf(course, course.lessons[1]));

	const [completion] = await base.db.select().from(courseCompletions);
	expect(completion).toMatchObject({
		personId: person.id,
		courseId: course.id,
		courseVersionId: course.versionId,
		unitId: person.unitId,
		completedAt: later(ctx, 5).now
	});
	const [lesson] = await base.db.select().from(lessonCompletions).where(eq(lessonCompletions.checkId, last.checkId));
	expect(lesson).toMatchObject({ lessonVersionId: course.lessons[1]!.versionId, unitId: person.unitId });
	const hours = await base.db.select().from(hourEntries);
	expect(hours).toMatchObject([
		{ category: 'elective', hours: 3.5, source: 'course', sourceId: course.id, year: 2026, unitId: person.unitId }
	]);
	expect(completed.mock.calls.map((call: unknown[]) => call[1])).toEqual([
		{ personId: person.id, courseId: course.id, completionId: completion!.id }
	]);
	const actions = (await base.db.select({ action: auditEntries.action }).from(auditEntries)).map(
		({ action }) => action
	);
	expect(actions.toSorted()).toEqual(['check.passed', 'check.passed', 'course.completed']);
});

test('handed in again, the outcome stands and nothing is completed twice', async ({ ctx: base }) => {
	const ctx = as(base, (await aPerson(base)).id);
	const course = await aCourse(base, { lessons: 1 });
	const { checkId } = await aTry(ctx, addressOf(course));
	const before = await base.db.select().from(masteryChecks);

	expect(await submitCheck(later(ctx, 9), { checkId, unanswered: 0 })).toBe('passed');
	expect(await base.db.select().from(masteryChecks)).toEqual(before);
	expect(await base.db.select().from(hourEntries)).toHaveLength(1);
});

test('a failed try stays failed, however often it is handed in', async ({ ctx: base }) => {
	const ctx = as(base, (await aPerson(base)).id);
	const { checkId } = await aTry(ctx, addressOf(await aCourse(base)), { wrong: 6 });
	expect(await submitCheck(ctx, { checkId, unanswered: 6 })).toBe('failed');
});

test('the try of somebody else is not there', async ({ ctx: base }) => {
	const [ctx, other] = [as(base, (await aPerson(base)).id), as(base, (await aPerson(base)).id)];
	const checkId = await beginCheck(ctx, addressOf(await aCourse(base)));
	await answerAll(ctx, checkId);
	await expect(submitCheck(other, { checkId, unanswered: 6 })).rejects.toThrow('check.not-found');
});

test('the result belongs to the unit of the day, also for who moved while the try was open', async ({ ctx: base }) => {
	const [person, elsewhere, course] = [await aPerson(base), await aPerson(base), await aCourse(base, { lessons: 1 })];
	const ctx = as(base, person.id);
	const checkId = await beginCheck(ctx, addressOf(course));
	await answerAll(ctx, checkId);
	await base.db.update(people).set({ unitId: elsewhere.unitId }).where(eq(people.id, person.id));

	await submitCheck(ctx, { checkId, unanswered: 0 });
	expect(await base.db.select({ unitId: courseCompletions.unitId }).from(courseCompletions)).toEqual([
		{ unitId: elsewhere.unitId }
	]);
});
