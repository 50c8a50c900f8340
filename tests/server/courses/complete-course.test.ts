import { eq, inArray } from 'drizzle-orm';
import { expect } from 'vitest';
import { courseCompletions, courses, courseVersions, lessons, lessonVersions } from '#db/schema/courses.ts';
import { hourEntries } from '#db/schema/hours.ts';
import { completeCourse } from '#lib/server/courses/complete-course.ts';
import { completeFinishedCourses } from '#lib/server/courses/complete-finished-courses.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { newId } from '#lib/server/platform/ids.ts';
import { addressOf, aTry } from '#tests/factories/checks.ts';
import { aCompletion, aCourse, aLesson, aLessonCompletion, type Course } from '#tests/factories/courses.ts';
import { aPerson } from '#tests/factories/people.ts';
import { as } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

const completionsOf = (ctx: Context, course: Course) =>
	ctx.db.select().from(courseCompletions).where(eq(courseCompletions.courseId, course.id));
const archive = (ctx: Context, ...ids: string[]) =>
	ctx.db.update(lessons).set({ archivedAt: ctx.now }).where(inArray(lessons.id, ids));

test('a lesson completed under an earlier version counts', async ({ ctx }) => {
	const [person, course] = [await aPerson(ctx), await aCourse(ctx)];
	const [first, second] = course.lessons;
	await aTry(as(ctx, person.id), addressOf(course, first));

	const [old] = await ctx.db.select().from(lessonVersions).where(eq(lessonVersions.id, first!.versionId));
	const rewritten = { ...old!, id: newId(), number: 2, hash: 'rewritten' };
	await ctx.db.insert(lessonVersions).values(rewritten);
	await ctx.db.update(lessons).set({ currentVersionId: rewritten.id }).where(eq(lessons.id, first!.id));

	await aTry(as(ctx, person.id), addressOf(course, second));
	expect(await completionsOf(ctx, course)).toHaveLength(1);
});

test('a lesson added before the end must be passed too; added after, it changes nothing', async ({ ctx }) => {
	const [early, late, course] = [await aPerson(ctx), await aPerson(ctx), await aCourse(ctx, { lessons: 1 })];
	await aTry(as(ctx, early.id), addressOf(course));
	course.lessons.push(await aLesson(ctx, course));
	await aTry(as(ctx, late.id), addressOf(course));

	expect((await completionsOf(ctx, course)).map(({ personId }) => personId)).toEqual([early.id]);
});

test('a lesson that was taken out is not asked for', async ({ ctx }) => {
	const [person, course] = [await aPerson(ctx), await aCourse(ctx)];
	await archive(ctx, course.lessons[1]!.id);
	await aTry(as(ctx, person.id), addressOf(course));
	expect(await completionsOf(ctx, course)).toHaveLength(1);
});

test('a course is completed under the version of the day and grants what that is worth', async ({ ctx }) => {
	const [person, course] = [await aPerson(ctx), await aCourse(ctx, { lessons: 1, hours: 4 })];
	const [old] = await ctx.db.select().from(courseVersions).where(eq(courseVersions.id, course.versionId));
	const next = { ...old!, id: newId(), number: 2, hours: 6, hash: 'next' };
	await ctx.db.insert(courseVersions).values(next);
	await ctx.db.update(courses).set({ currentVersionId: next.id }).where(eq(courses.id, course.id));

	await aTry(as(ctx, person.id), addressOf(course));
	expect(await completionsOf(ctx, course)).toMatchObject([{ courseVersionId: next.id }]);
	expect(await ctx.db.select({ hours: hourEntries.hours }).from(hourEntries)).toEqual([{ hours: 6 }]);
});

test('completed again, it stays as it was', async ({ ctx }) => {
	const [person, course] = [await aPerson(ctx), await aCourse(ctx)];
	const completion = await aCompletion(ctx, { person, course });
	await completeCourse(ctx, { personId: person.id, courseId: course.id, unitId: null, round: 1 });
	expect(await completionsOf(ctx, course)).toEqual([completion]);
});

test('when lessons are taken out, those who have all others complete the course', async ({ ctx }) => {
	const [ready, halfway, course] = [await aPerson(ctx), await aPerson(ctx), await aCourse(ctx, { lessons: 3 })];
	const [one, two, three] = course.lessons;
	for (const lesson of [one!, two!]) await aLessonCompletion(ctx, { person: ready, lesson });
	await aLessonCompletion(ctx, { person: halfway, lesson: one! });

	expect(await completeFinishedCourses(ctx)).toBe(0);
	await archive(ctx, three!.id);
	expect(await completeFinishedCourses(ctx)).toBe(1);
	expect(await completeFinishedCourses(ctx)).toBe(0);
	expect(await completionsOf(ctx, course)).toMatchObject([{ personId: ready.id, unitId: ready.unitId }]);
	await archive(ctx, one!.id, two!.id);
	expect(await completeFinishedCourses(ctx)).toBe(0);
});
