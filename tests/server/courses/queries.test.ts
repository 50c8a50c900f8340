import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { auditEntries } from '#db/schema/audit.ts';
import { courses } from '#db/schema/courses.ts';
import { getCourse, listCourses, listLessons, nextLessonOf } from '#lib/server/courses/queries.ts';
import { readLesson } from '#lib/server/courses/read-lesson.ts';
import { saveReadingPosition } from '#lib/server/courses/save-reading-position.ts';
import { listStatutesOf } from '#lib/server/courses/teaching-queries.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { subscribe } from '#lib/server/platform/announce.ts';
import { addressOf, aTry, later } from '#tests/factories/checks.ts';
import { bringIn, filesWithoutOwnStatute } from '#tests/factories/course-library.ts';
import { aCourse } from '#tests/factories/courses.ts';
import { aPerson } from '#tests/factories/people.ts';
import { as } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

const aReader = async (ctx: Context) => as(ctx, (await aPerson(ctx)).id);

test('a course is begun by reading and done with its last lesson', async ({ ctx }) => {
	const [reader, course] = [await aReader(ctx), await aCourse(ctx, { lessons: 2 })];
	const state = async () => (await getCourse(reader, course.slug)).state;
	expect(await state()).toBe('none');

	await saveReadingPosition(reader, { ...addressOf(course), heading: null });
	expect(await state()).toBe('going');

	for (const lesson of course.lessons) await aTry(reader, addressOf(course, lesson));
	expect(await getCourse(reader, course.slug)).toMatchObject({ state: 'done', lessons: 2, lessonsDone: 2 });
});

test('lists what is going first, what is done last, and leaves the archive out', async ({ ctx }) => {
	const reader = await aReader(ctx);
	const [done, none, going, archived] = [
		await aCourse(ctx, { lessons: 1, slug: 'a-done' }),
		await aCourse(ctx, { lessons: 1, slug: 'b-none' }),
		await aCourse(ctx, { lessons: 1, slug: 'c-going' }),
		await aCourse(ctx, { lessons: 1, slug: 'd-archived' })
	];
	await aTry(reader, addressOf(done));
	await saveReadingPosition(reader, { ...addressOf(going), heading: 'periods' });
	await ctx.db.update(courses).set({ archivedAt: ctx.now }).where(eq(courses.id, archived.id));

	expect((await listCourses(reader)).map(({ slug }) => slug)).toEqual([going.slug, none.slug, done.slug]);
	expect((await listCourses(reader, { state: 'done' })).map(({ slug }) => slug)).toEqual([done.slug]);
	expect(await getCourse(reader, archived.slug)).toMatchObject({ archivedAt: ctx.now });
});

test.for([
	{ filter: { search: '保密' }, found: ['secrets'] },
	{ filter: { search: 'SECRETS' }, found: ['secrets'] },
	{ filter: { kind: 'elective' as const }, found: ['secrets'] },
	{ filter: { search: '保密', kind: 'required' as const }, found: [] }
])('filters by %o', async ({ filter, found }, { ctx }) => {
	const reader = await aReader(ctx);
	await aCourse(ctx, { lessons: 1, slug: 'secrets', kind: 'elective', title: { 'zh-CN': '保密', en: 'Secrets' } });
	await aCourse(ctx, { lessons: 1, slug: 'other' });
	expect((await listCourses(reader, filter)).map(({ slug }) => slug)).toEqual(found);
});

test('a course without a statute of its own is listed and read like any other, with the statutes that its lessons link to', async ({
	ctx
}) => {
	await bringIn(ctx, filesWithoutOwnStatute());
	const reader = await aReader(ctx);
	const [course] = await listCourses(reader, { search: '劳动合同法' });

	expect(course).toMatchObject({ slug: 'labour-contract', statute: null });
	expect(await listStatutesOf(ctx, course!.id)).toEqual([expect.objectContaining({ slug: 'labour-contract' })]);
	expect(await readLesson(reader, { course: 'labour-contract', lesson: 'concluding' })).toMatchObject({
		statute: null
	});
});

test('goes on with the lesson that was read last, else with the first that is open', async ({ ctx }) => {
	const [reader, course] = [await aReader(ctx), await aCourse(ctx, { lessons: 3 })];
	const next = async () => nextLessonOf(await listLessons(reader, course.id))?.slug;
	expect(await next()).toBe('lesson-1');

	await saveReadingPosition(reader, { ...addressOf(course, course.lessons[2]), heading: null });
	expect(await next()).toBe('lesson-3');
	await aTry(later(reader, 1), addressOf(course, course.lessons[2]));
	expect(await next()).toBe('lesson-1');
});

test('a lesson comes with its text, its neighbours and where the reader stopped', async ({ ctx }) => {
	const [reader, course] = [await aReader(ctx), await aCourse(ctx, { lessons: 2 })];
	await saveReadingPosition(reader, { ...addressOf(course), heading: 'periods' });
	await aTry(reader, addressOf(course, course.lessons[1]));

	const page = await readLesson(reader, addressOf(course));
	expect(page).toMatchObject({
		slug: 'lesson-1',
		reading: { heading: 'periods', at: ctx.now },
		note: null,
		completedAt: null,
		lastCheck: null,
		contents: [
			{ slug: 'lesson-1', completedAt: null },
			{ slug: 'lesson-2', completedAt: ctx.now }
		]
	});
	expect(page.html).toContain('id="periods"');
});

test('says when a lesson was read whose first heading was never reached', async ({ ctx }) => {
	const [reader, course] = [await aReader(ctx), await aCourse(ctx, { lessons: 1 })];
	await saveReadingPosition(reader, { ...addressOf(course), heading: null });
	expect((await readLesson(reader, addressOf(course))).reading).toEqual({ heading: null, at: ctx.now });
});

test('says how the check stands: failed, paused, passed', async ({ ctx }) => {
	const [reader, course] = [await aReader(ctx), await aCourse(ctx, { lessons: 1 })];
	const page = () => readLesson(reader, addressOf(course));

	await aTry(reader, addressOf(course), { wrong: 6 });
	expect(await page()).toMatchObject({ lastCheck: 'failed', pausedUntil: null });
	await aTry(reader, addressOf(course), { wrong: 6 });
	expect((await page()).pausedUntil).toEqual(later(reader, 10).now);
	await aTry(later(reader, 11), addressOf(course));
	expect(await page()).toMatchObject({ lastCheck: 'passed', completedAt: later(reader, 11).now });
});

test('the position is remembered quietly; only the first in a course is told', async ({ ctx }) => {
	const [reader, course] = [await aReader(ctx), await aCourse(ctx, { lessons: 2 })];
	const told: string[] = [];
	subscribe('lesson.started', async (_, { courseId }) => void told.push(courseId));

	for (const lesson of course.lessons) {
		await saveReadingPosition(reader, { ...addressOf(course, lesson), heading: null });
		await saveReadingPosition(later(reader, 1), { ...addressOf(course, lesson), heading: 'periods' });
	}
	expect(told).toEqual([course.id]);
	expect(await ctx.db.select().from(auditEntries)).toEqual([]);
	expect((await readLesson(reader, addressOf(course))).reading).toEqual({
		heading: 'periods',
		at: later(reader, 1).now
	});
});
