import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { practiceRounds } from '#db/schema/practice.ts';
import { questions } from '#db/schema/questions.ts';
import '#lib/server/jobs/subscriptions.ts';
import { beginRound } from '#lib/server/practice/begin-round.ts';
import { countDue } from '#lib/server/practice/due.ts';
import { aBankQuestion } from '#tests/factories/bank.ts';
import { addressOf, aTry, later } from '#tests/factories/checks.ts';
import { aCourse, aLessonCompletion } from '#tests/factories/courses.ts';
import { aPerson } from '#tests/factories/people.ts';
import { aRound, roundOf } from '#tests/factories/practice.ts';
import { aSingle } from '#tests/factories/questions.ts';
import { aStatute } from '#tests/factories/statutes.ts';
import { as } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

const day = 24 * 60;

test('asks about a course only after its lesson was passed', async ({ ctx: base }) => {
	const [person, course] = [await aPerson(base), await aCourse(base)];
	const ctx = as(base, person.id);
	const about = `law/${course.statute.slug}`;
	await expect(beginRound(ctx, { about })).rejects.toMatchObject({ code: 'practice.nothing-to-ask' });

	await aLessonCompletion(base, { person, lesson: course.lessons[0]! });
	const asked = await roundOf(ctx, await beginRound(ctx, { about }));
	const ofLesson = course.lessons[0]!.questions.map(({ id }) => id);
	expect(asked).toHaveLength(10);
	expect(asked.every(({ questionId }) => ofLesson.includes(questionId))).toBe(true);
});

test('asks of the bank what serves practice, and never what is for exams, retired or out of its time', async ({
	ctx: base
}) => {
	const ctx = as(base, (await aPerson(base)).id);
	const statute = await aStatute(base);
	const content = aSingle({ articles: [`${statute.slug}/1`] });
	const practice = await aBankQuestion(base, content, { use: 'practice' });
	const both = await aBankQuestion(base, content, { use: 'both' });
	await aBankQuestion(base, content, { use: 'exam' });
	await aBankQuestion(base, content, { use: 'both', state: 'retired' });
	await aBankQuestion(base, content, { use: 'practice', usableUntil: '2026-11-23' });

	const asked = await roundOf(ctx, await beginRound(ctx, { about: `article/${statute.slug}/1` }));
	expect(new Set(asked.map(({ questionId }) => questionId))).toEqual(new Set([practice.id, both.id]));
	await expect(beginRound(ctx, { about: `article/${statute.slug}/2` })).rejects.toMatchObject({
		code: 'practice.nothing-to-ask'
	});
});

test('asks first what was never asked, then what was asked longest ago', async ({ ctx: base }) => {
	const [person, course] = [await aPerson(base), await aCourse(base, { lessons: 1 })];
	const ctx = as(base, person.id);
	await aLessonCompletion(base, { person, lesson: course.lessons[0]! });
	const about = `law/${course.statute.slug}`;
	const first = await roundOf(ctx, await aRound(ctx, about));
	const second = await roundOf(ctx, await aRound(later(ctx, 5), about));

	const fresh = second.slice(0, 2).map(({ questionId }) => questionId);
	expect(first.map(({ questionId }) => questionId)).not.toEqual(expect.arrayContaining(fresh));
	expect(second).toHaveLength(10);
});

test('what was wrong is due the next day, and reviewed when it is', async ({ ctx: base }) => {
	const ctx = as(base, (await aPerson(base)).id);
	const course = await aCourse(base, { lessons: 1 });
	await aTry(ctx, addressOf(course), { wrong: 1 });
	expect(await countDue(ctx)).toBe(0);
	const tomorrow = later(ctx, day);
	expect(await countDue(tomorrow)).toBe(1);

	await aRound(tomorrow, 'due');
	expect(await countDue(tomorrow)).toBe(0);
	await expect(beginRound(tomorrow, { about: 'due' })).rejects.toMatchObject({ code: 'practice.nothing-to-ask' });
});

test('the weakest articles are asked about, and wrong answers again', async ({ ctx: base }) => {
	const [person, course] = [await aPerson(base), await aCourse(base, { lessons: 1 })];
	const ctx = as(base, person.id);
	await aLessonCompletion(base, { person, lesson: course.lessons[0]! });
	const [wrong] = await roundOf(ctx, await aRound(ctx, `law/${course.statute.slug}`, { wrong: 1 }));

	const again = await roundOf(ctx, await beginRound(later(ctx, 5), { about: 'wrong' }));
	expect(again.map(({ questionId }) => questionId)).toEqual([wrong!.questionId]);
	const weak = await roundOf(ctx, await beginRound(later(ctx, 6), { about: 'weak' }));
	expect(weak.map(({ questionId }) => questionId)).toContain(wrong!.questionId);
});

test('a round of which nothing was answered gives way to the next', async ({ ctx: base }) => {
	const [person, course] = [await aPerson(base), await aCourse(base, { lessons: 1 })];
	const ctx = as(base, person.id);
	await aLessonCompletion(base, { person, lesson: course.lessons[0]! });
	const about = `law/${course.statute.slug}`;
	await beginRound(ctx, { about });
	const second = await beginRound(later(ctx, 1), { about });
	const rounds = await ctx.db.select().from(practiceRounds).where(eq(practiceRounds.personId, person.id));
	expect(rounds.map(({ id }) => id)).toEqual([second]);
});

test('a question of an archived course is asked no more', async ({ ctx: base }) => {
	const [person, course] = [await aPerson(base), await aCourse(base, { lessons: 1 })];
	const ctx = as(base, person.id);
	await aLessonCompletion(base, { person, lesson: course.lessons[0]! });
	await base.db.update(questions).set({ archivedAt: base.now }).where(eq(questions.courseId, course.id));
	await expect(beginRound(ctx, { about: `law/${course.statute.slug}` })).rejects.toMatchObject({
		code: 'practice.nothing-to-ask'
	});
});
