import { eq } from 'drizzle-orm';
import { expect, vi } from 'vitest';
import { lessons } from '#db/schema/courses.ts';
import { questions } from '#db/schema/questions.ts';
import { beginCheck } from '#lib/server/courses/begin-check.ts';
import { listPinnedQuestions } from '#lib/server/courses/check-queries.ts';
import { subscribe } from '#lib/server/platform/announce.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { addressOf, aTry, later } from '#tests/factories/checks.ts';
import { aCourse } from '#tests/factories/courses.ts';
import { aPerson } from '#tests/factories/people.ts';
import { aSingle } from '#tests/factories/questions.ts';
import { as } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

const started = vi.fn(async () => {});
subscribe('lesson.started', started);

async function aLearner(base: Context) {
	return as(base, (await aPerson(base)).id);
}
const drawn = async (ctx: Context, checkId: string) =>
	(await listPinnedQuestions(ctx, checkId)).map(({ answeredAt: _, response: __, ...question }) => question);
const failed = { wrong: 6 };

test('a reopened try keeps its draw', async ({ ctx: base }) => {
	const [ctx, course] = [await aLearner(base), await aCourse(base)];
	const checkId = await beginCheck(ctx, addressOf(course));
	const before = await drawn(ctx, checkId);

	expect(before).toHaveLength(6);
	expect(await beginCheck(later(ctx, 60 * 24 * 40), addressOf(course))).toBe(checkId);
	expect(await drawn(ctx, checkId)).toEqual(before);
});

test('the next draw is new where the pool allows', async ({ ctx: base }) => {
	const [ctx, course] = [await aLearner(base), await aCourse(base)];
	const first = await aTry(ctx, addressOf(course), failed);
	const second = await beginCheck(later(ctx, 1), addressOf(course));

	const stems = async (checkId: string) => (await drawn(ctx, checkId)).map(({ content }) => content.id);
	const [before, after] = [await stems(first.checkId), await stems(second)];
	expect(after.filter((id) => before.includes(id))).toEqual([]);
});

test('after every second failure there is a pause, which says when it ends', async ({ ctx: base }) => {
	const [ctx, course] = [await aLearner(base), await aCourse(base)];
	const address = addressOf(course);
	await aTry(ctx, address, failed);
	await aTry(later(ctx, 1), address, failed);

	await expect(beginCheck(later(ctx, 2), address)).rejects.toMatchObject({
		code: 'check.paused',
		failure: 'too-many',
		values: { minutes: 9, until: later(ctx, 11).now.toISOString() }
	});
	await aTry(later(ctx, 11), address, failed);
	await aTry(later(ctx, 12), address, failed);
	await expect(beginCheck(later(ctx, 31), address)).rejects.toThrow('check.paused');
	await expect(beginCheck(later(ctx, 32), address)).resolves.toBeTypeOf('string');
});

test('a pause at one lesson leaves the others open', async ({ ctx: base }) => {
	const [ctx, course] = [await aLearner(base), await aCourse(base)];
	for (let number = 0; number < 2; number++) await aTry(ctx, addressOf(course), failed);

	await expect(beginCheck(ctx, addressOf(course))).rejects.toThrow('check.paused');
	await expect(beginCheck(ctx, addressOf(course, course.lessons[1]))).resolves.toBeTypeOf('string');
});

test('a passed check is not tried again', async ({ ctx: base }) => {
	const [ctx, course] = [await aLearner(base), await aCourse(base)];
	expect(await aTry(ctx, addressOf(course))).toMatchObject({ outcome: 'passed' });
	await expect(beginCheck(later(ctx, 1), addressOf(course))).rejects.toThrow('check.already-passed');
});

test('questions that are archived or out of their days are not drawn', async ({ ctx: base }) => {
	const pool = () =>
		[1, 2, 3, 4].map((number) =>
			aSingle({ id: `day-${number}-${Math.random()}`, ...(number === 1 ? { until: '2026-11-23' } : {}) })
		);
	const [ctx, course] = [await aLearner(base), await aCourse(base, { lessons: 1, pool })];
	const [over, archived, ...rest] = course.lessons[0]!.questions;
	await base.db.update(questions).set({ archivedAt: base.now }).where(eq(questions.id, archived!.id));

	const asked = (await drawn(ctx, await beginCheck(ctx, addressOf(course)))).map(({ content }) => content.id);
	expect(asked.toSorted()).toEqual(rest.map(({ code }) => code).toSorted());
	expect(asked).not.toContain(over!.code);
});

test('a pool that has shrunk can still be passed', async ({ ctx: base }) => {
	const pool = () => [aSingle({ id: `few-${Math.random()}` }), aSingle({ id: `few-${Math.random()}` })];
	const [ctx, course] = [await aLearner(base), await aCourse(base, { lessons: 1, pool })];
	expect(await aTry(ctx, addressOf(course))).toMatchObject({ outcome: 'passed' });
});

test('a lesson without questions says that it has none', async ({ ctx: base }) => {
	const [ctx, course] = [await aLearner(base), await aCourse(base, { lessons: 1, pool: () => [] })];
	await expect(beginCheck(ctx, addressOf(course))).rejects.toThrow('check.no-questions');
});

test('an archived lesson opens no new try, but an open one goes on', async ({ ctx: base }) => {
	const [ctx, other, course] = [await aLearner(base), await aLearner(base), await aCourse(base)];
	const checkId = await beginCheck(ctx, addressOf(course));
	await base.db.update(lessons).set({ archivedAt: base.now }).where(eq(lessons.id, course.lessons[0]!.id));

	await expect(beginCheck(other, addressOf(course))).rejects.toThrow('lesson.not-found');
	expect(await beginCheck(ctx, addressOf(course))).toBe(checkId);
});

test('the first step in a course is announced once', async ({ ctx: base }) => {
	const [ctx, course] = [await aLearner(base), await aCourse(base)];
	started.mockClear();
	await beginCheck(ctx, addressOf(course));
	await beginCheck(ctx, addressOf(course));
	await beginCheck(ctx, addressOf(course, course.lessons[1]));
	expect(started.mock.calls.map((call: unknown[]) => call[1])).toEqual([
		{ personId: ctx.actor.personId, courseId: course.id }
	]);
});

test('a lesson that is not there is not found', async ({ ctx: base }) => {
	const [ctx, course] = [await aLearner(base), await aCourse(base)];
	await expect(beginCheck(ctx, { course: course.slug, lesson: 'nowhere' })).rejects.toThrow('lesson.not-found');
});
