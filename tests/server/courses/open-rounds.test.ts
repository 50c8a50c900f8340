import { and, asc, eq, sql } from 'drizzle-orm';
import { expect } from 'vitest';
import { courseCompletions, courseRounds, masteryChecks } from '#db/schema/courses.ts';
import { hourEntries } from '#db/schema/hours.ts';
import { beginCheck } from '#lib/server/courses/begin-check.ts';
import { openRounds } from '#lib/server/courses/open-rounds.ts';
import { getCourse, listLessons } from '#lib/server/courses/queries.ts';
import { readCheck } from '#lib/server/courses/read-check.ts';
import { readLesson } from '#lib/server/courses/read-lesson.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { askable } from '#lib/server/practice/askable.ts';
import { questions } from '#db/schema/questions.ts';
import '#lib/server/jobs/subscriptions.ts';
import { aTry } from '#tests/factories/checks.ts';
import { aCompletion, aCourse, aLesson, type Course } from '#tests/factories/courses.ts';
import { aPerson, type Person } from '#tests/factories/people.ts';
import { as } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

const before = new Date('2025-05-01T02:00:00Z');

const askAgain = (ctx: Context, person: Person, course: Course, since: Date) =>
	openRounds(
		ctx,
		sql`select ${person.id}::uuid as person_id, ${course.id}::uuid as course_id, ${since}::timestamptz as since`
	);

async function whoCompleted(ctx: Context) {
	const course = await aCourse(ctx, { lessons: 1 });
	const person = await aPerson(ctx);
	await aCompletion(ctx, { person, course, at: before });
	return { course, person, own: as(ctx, person.id), address: { course: course.slug, lesson: 'lesson-1' } };
}

test('a course that is asked again is studied again: its lessons are open, its hours are earned once more', async ({
	ctx
}) => {
	const { course, person, own, address } = await whoCompleted(ctx);
	await askAgain(ctx, person, course, new Date('2026-01-01T00:00:00Z'));
	await askAgain(ctx, person, course, new Date('2026-01-01T00:00:00Z'));
	expect(await ctx.db.select().from(courseRounds)).toHaveLength(1);
	expect(await getCourse(own, course.slug)).toMatchObject({
		...{ state: 'none', completedAt: null, completedBefore: before, lessonsDone: 0 }
	});
	expect(await listLessons(own, course.id)).toMatchObject([{ completedAt: null, lastCheck: null }]);
	expect(await readLesson(own, address)).toMatchObject({ completedAt: null, lastCheck: null });
	expect(await readCheck(own, address, null)).toMatchObject({ state: 'ready', history: [{ status: 'passed' }] });

	await aTry(own, address);
	const completions = await ctx.db
		.select({ round: courseCompletions.round, at: courseCompletions.completedAt })
		.from(courseCompletions)
		.where(and(eq(courseCompletions.personId, person.id), eq(courseCompletions.courseId, course.id)))
		.orderBy(asc(courseCompletions.round));
	expect(completions).toEqual([
		{ round: 1, at: before },
		{ round: 2, at: ctx.now }
	]);
	const entries = await ctx.db
		.select({ year: hourEntries.year, hours: hourEntries.hours })
		.from(hourEntries)
		.where(eq(hourEntries.personId, person.id))
		.orderBy(asc(hourEntries.year));
	expect(entries).toEqual([
		{ year: 2025, hours: course.hours },
		{ year: 2026, hours: course.hours }
	]);
	expect(await getCourse(own, course.slug)).toMatchObject({ state: 'done', completedAt: ctx.now });
	await expect(beginCheck(own, address)).rejects.toThrow('check.already-passed');
});

test('what counts still, or was never completed, opens no round', async ({ ctx }) => {
	const { course, person } = await whoCompleted(ctx);
	await askAgain(ctx, person, course, before);
	await askAgain(ctx, await aPerson(ctx), course, ctx.now);
	expect(await ctx.db.select().from(courseRounds)).toEqual([]);

	await askAgain(ctx, person, course, ctx.now);
	await askAgain(ctx, person, course, new Date(ctx.now.getTime() + 1_000));
	expect(await ctx.db.select().from(courseRounds)).toHaveLength(1);
});

test('a check that is open goes on in the new round', async ({ ctx }) => {
	const { course, person, own } = await whoCompleted(ctx);
	await aLesson(ctx, course);
	const checkId = await beginCheck(own, { course: course.slug, lesson: 'lesson-2' });
	await askAgain(ctx, person, course, ctx.now);
	const [check] = await ctx.db.select().from(masteryChecks).where(eq(masteryChecks.id, checkId));
	expect(check).toMatchObject({ status: 'open', round: 2 });
});

test('practice gives away no check that is to come once more', async ({ ctx }) => {
	const { course, person } = await whoCompleted(ctx);
	const count = () =>
		ctx.db.$count(
			questions,
			and(eq(questions.courseId, course.id), askable(questions, { personId: person.id, today: '2026-11-23' }))
		);
	expect(await count()).toBeGreaterThan(0);
	await askAgain(ctx, person, course, ctx.now);
	expect(await count()).toBe(0);
});
