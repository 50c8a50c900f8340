import { expect } from 'vitest';
import { lessonCompletions, masteryChecks, masteryCheckQuestions, readingPositions } from '#db/schema/courses.ts';
import { newId } from '#lib/server/platform/ids.ts';
import { listArticlesToReread, listLessonsToDo } from '#lib/server/programmes/own-lessons.ts';
import { listOwnObligations } from '#lib/server/programmes/own-obligations.ts';
import { readOwnYear } from '#lib/server/programmes/own-year.ts';
import { aCompletion, aCourse, aLessonCompletion } from '../../factories/courses.ts';
import { aPerson } from '../../factories/people.ts';
import { anAssignment, anObligation } from '../../factories/programmes.ts';
import { anExemption, aProgramme, aProgrammeDuty, aStandingAssignment } from '../../factories/requirements.ts';
import { as } from '../../factories/units.ts';
import { test } from '../../setup/test.ts';

test('what is owed, by date, with who assigned it, why, and the work that is left', async ({ ctx: base }) => {
	const person = await aPerson(base);
	const ctx = as(base, person.id);
	const course = await aCourse(ctx, { lessons: 3 });
	const assignment = await anAssignment(ctx, {
		course,
		by: await aPerson(ctx, { name: '林素问' }),
		reason: '年度计划第四项',
		dueOn: '2026-11-22'
	});
	await anObligation(ctx, { person, dueOn: '2027-01-31' });
	await anObligation(ctx, { person, assignment });
	await anObligation(ctx, { person, withdrawnAt: ctx.now, withdrawnBecause: '计划调整' });
	await anObligation(ctx, { course });
	await aLessonCompletion(ctx, { person, lesson: course.lessons[0]! });

	const [first, second, ...rest] = await listOwnObligations(ctx);
	expect(rest).toEqual([]);
	expect(first).toMatchObject({
		asked: { kind: 'course', slug: course.slug },
		state: 'overdue',
		reasons: [{ by: '林素问', reason: '年度计划第四项' }],
		work: { lessons: 3, left: 2, questions: 12, hours: 0, courses: 0 }
	});
	expect(second).toMatchObject({ dueOn: '2027-01-31', state: 'open' });
});

test('what several rules ask for is one thing, by the earliest date, with every reason', async ({ ctx: base }) => {
	const person = await aPerson(base);
	const ctx = as(base, person.id);
	const course = await aCourse(ctx);
	await anObligation(ctx, { person, course, dueOn: '2026-12-20' });
	const programme = await aProgramme(ctx, {
		title: '换届学法',
		requirements: [{ kind: 'course', courseId: course.id }]
	});
	const standing = await aStandingAssignment(ctx, { programme });
	await aProgrammeDuty(ctx, { person, standing, dueOn: '2026-12-01' });
	await aProgrammeDuty(ctx, { person, dueOn: '2027-12-31', opensOn: '2027-01-01' });
	await aProgrammeDuty(ctx, { person, ...(await anExemption(ctx, person)) });
	await aProgrammeDuty(ctx, { person, dueOn: '2026-06-30', expiresOn: '2026-09-30' });

	const [first, later, ...rest] = await listOwnObligations(ctx);
	expect(rest).toEqual([]);
	expect(first).toMatchObject({ asked: { kind: 'course' }, dueOn: '2026-12-01', state: 'open' });
	expect(first!.reasons.map(({ programme, dueOn }) => [programme, dueOn])).toEqual([
		['换届学法', '2026-12-01'],
		[null, '2026-12-20']
	]);
	expect(later).toMatchObject({ asked: { kind: 'hours', hours: 40 }, state: 'upcoming', work: { lessons: 0 } });
});

test('lessons to do are those of courses owed or begun, without those completed', async ({ ctx: base }) => {
	const person = await aPerson(base);
	const ctx = as(base, person.id);
	const [owed, begun] = [await aCourse(ctx), await aCourse(ctx)];
	await aCourse(ctx);
	await anObligation(ctx, { person, course: owed });
	await aLessonCompletion(ctx, { person, lesson: owed.lessons[0]! });
	await ctx.db
		.insert(readingPositions)
		.values({ personId: person.id, lessonId: begun.lessons[1]!.id, heading: 'periods', at: ctx.now });

	const found = await listLessonsToDo(ctx);
	expect(found.map(({ id, heading, readAt }) => [id, heading, readAt])).toEqual(
		expect.arrayContaining([
			[owed.lessons[1]!.id, null, null],
			[begun.lessons[1]!.id, '先看期限', '2026-11-23T02:00:00+00:00']
		])
	);
	expect(found).toHaveLength(2);
});

test('articles to reread are all that the last failed try touched, until the lesson is passed', async ({
	ctx: base
}) => {
	const person = await aPerson(base);
	const ctx = as(base, person.id);
	const course = await aCourse(ctx);
	const [lesson] = course.lessons;
	const checkId = newId();
	await ctx.db.insert(masteryChecks).values({
		id: checkId,
		personId: person.id,
		lessonId: lesson!.id,
		lessonVersionId: lesson!.versionId,
		number: 1,
		status: 'failed',
		pass: 2,
		correct: 1,
		openedAt: ctx.now,
		submittedAt: ctx.now
	});
	const drawn = lesson!.questions.slice(0, 2).map(({ id, versionId }, position) => ({
		checkId,
		position,
		questionId: id,
		questionVersionId: versionId,
		kind: 'single' as const,
		size: 4,
		response: { kind: 'single' as const, chosen: ['A'] },
		correct: position === 0,
		answeredAt: ctx.now
	}));
	await ctx.db.insert(masteryCheckQuestions).values(drawn);

	expect((await listArticlesToReread(ctx)).map(({ statute, number }) => [statute, number])).toEqual([
		[course.statute.slug, '1'],
		[course.statute.slug, '2']
	]);
	expect(await listArticlesToReread(as(base, (await aPerson(base)).id))).toEqual([]);

	const passed = newId();
	await ctx.db.insert(masteryChecks).values({
		id: passed,
		personId: person.id,
		lessonId: lesson!.id,
		lessonVersionId: lesson!.versionId,
		number: 2,
		status: 'passed',
		pass: 2,
		correct: 2,
		openedAt: ctx.now,
		submittedAt: ctx.now
	});
	await ctx.db.insert(lessonCompletions).values({
		personId: person.id,
		lessonId: lesson!.id,
		lessonVersionId: lesson!.versionId,
		checkId: passed,
		completedAt: ctx.now
	});
	expect(await listArticlesToReread(ctx)).toEqual([]);
});

test('the year begins and ends at midnight of the office', async ({ ctx: base }) => {
	const person = await aPerson(base);
	const ctx = as(base, person.id);
	const [last, first] = [await aCourse(ctx, { hours: 2 }), await aCourse(ctx, { hours: 3 })];
	await aCompletion(ctx, { person, course: last, at: new Date('2025-12-31T15:59:59Z') });
	await aCompletion(ctx, { person, course: first, at: new Date('2025-12-31T16:00:00Z') });

	const year = await readOwnYear(ctx);
	expect(year).toMatchObject({ year: 2026, hours: 3 });
	expect(year.completions.map(({ slug }) => slug)).toEqual([first.slug]);
});
