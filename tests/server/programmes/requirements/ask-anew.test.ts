import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { courseCompletions, courseRounds } from '#db/schema/courses.ts';
import { people } from '#db/schema/people.ts';
import { obligations } from '#db/schema/programmes.ts';
import '#lib/server/jobs/subscriptions.ts';
import { getCourse } from '#lib/server/courses/queries.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { reconcileAll } from '#lib/server/programmes/requirements/mark-dirty.ts';
import { listOwnObligations } from '#lib/server/programmes/own-obligations.ts';
import { addressOf, aTry } from '#tests/factories/checks.ts';
import { aCompletion, aCourse } from '#tests/factories/courses.ts';
import { aPerson, type Person } from '#tests/factories/people.ts';
import { anAudience, aProgramme, aStandingAssignment } from '#tests/factories/requirements.ts';
import { as, aUnit } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

const on = (ctx: Context, day: string): Context => ({ ...ctx, now: new Date(`${day}T02:00:00Z`) });

const dutiesOf = ({ db }: Context, { id }: Pick<Person, 'id'>) =>
	db.select().from(obligations).where(eq(obligations.personId, id)).orderBy(obligations.periodOn);

const roundsOf = ({ db }: Context, { id }: Pick<Person, 'id'>) =>
	db.$count(courseRounds, eq(courseRounds.personId, id));

/** A county whose people owe a course again and again, and somebody there. */
async function aCountyThatAsks(ctx: Context, values: Parameters<typeof aProgramme>[1] = {}) {
	const county = await aUnit(ctx);
	const course = await aCourse(ctx, { lessons: 1 });
	const programme = await aProgramme(ctx, {
		recurrence: 'yearly',
		requirements: [{ kind: 'course', courseId: course.id }],
		...values
	});
	const yearly = programme.requirements.length > 0 && (values.recurrence ?? 'yearly') === 'yearly';
	await aStandingAssignment(ctx, {
		programme,
		audience: await anAudience(ctx, { unit: county }),
		...(yearly ? { due: { kind: 'yearly', month: 11, day: 30 } } : {})
	});
	return { county, course, person: await aPerson(ctx, { unit: county }) };
}

test('a course asked every year is studied every year, and each year keeps its own completion', async ({ ctx }) => {
	const { course, person } = await aCountyThatAsks(ctx);
	const study = (day: string) => aTry(as(on(ctx, day), person.id), addressOf(course));
	await reconcileAll(on(ctx, '2026-03-01'));
	await study('2026-06-01');
	expect(await dutiesOf(ctx, person)).toMatchObject([{ completedAt: new Date('2026-06-01T02:00:00Z') }]);

	await reconcileAll(on(ctx, '2026-12-15'));
	expect(await dutiesOf(ctx, person)).toMatchObject([
		{},
		{ opensOn: '2027-01-01', startedAt: null, completedAt: null }
	]);
	expect(await roundsOf(ctx, person)).toBe(0);
	expect(await getCourse(as(on(ctx, '2026-12-15'), person.id), course.slug)).toMatchObject({ state: 'done' });

	await reconcileAll(on(ctx, '2027-01-01'));
	await reconcileAll(on(ctx, '2027-01-02'));
	expect(await roundsOf(ctx, person)).toBe(1);
	const own = as(on(ctx, '2027-01-02'), person.id);
	expect(await getCourse(own, course.slug)).toMatchObject({ state: 'none', lessonsDone: 0 });
	expect(await listOwnObligations(own)).toMatchObject([{ state: 'open', work: { lessons: 1, left: 1 } }]);

	await study('2027-02-28');
	const completions = await ctx.db
		.select()
		.from(courseCompletions)
		.where(eq(courseCompletions.personId, person.id))
		.orderBy(courseCompletions.round);
	expect(await dutiesOf(ctx, person)).toMatchObject(completions.map(({ id }) => ({ completionId: id })));
	expect(completions).toHaveLength(2);
});

test('what was learnt before counts as long as the programme says, and opens no new round', async ({ ctx }) => {
	const { course, person } = await aCountyThatAsks(ctx, { priorMonths: 6 });
	await aCompletion(ctx, { person, course, at: new Date('2025-09-01T02:00:00Z') });
	await reconcileAll(on(ctx, '2026-01-02'));
	expect(await dutiesOf(ctx, person)).toMatchObject([{ completedAt: new Date('2025-09-01T02:00:00Z') }]);
	expect(await roundsOf(ctx, person)).toBe(0);

	await reconcileAll(on(ctx, '2027-01-02'));
	expect(await roundsOf(ctx, person)).toBe(1);
});

test('whoever leaves and comes back goes on in the round that they had begun', async ({ ctx }) => {
	const { county, course, person } = await aCountyThatAsks(ctx);
	await aCompletion(ctx, { person, course, at: new Date('2025-09-01T02:00:00Z') });
	await reconcileAll(on(ctx, '2026-03-01'));
	const place = (unitId: string) => ctx.db.update(people).set({ unitId }).where(eq(people.id, person.id));
	await place((await aUnit(ctx)).id);
	await reconcileAll(on(ctx, '2026-04-01'));
	expect(await dutiesOf(ctx, person)).toMatchObject([{ withdrawnBecause: 'left-audience' }]);

	await aTry(as(on(ctx, '2026-05-01'), person.id), addressOf(course));
	await place(county.id);
	await reconcileAll(on(ctx, '2026-06-01'));
	expect(await dutiesOf(ctx, person)).toMatchObject([
		{ withdrawnAt: null, completedAt: new Date('2026-05-01T02:00:00Z') }
	]);
	expect(await roundsOf(ctx, person)).toBe(1);
});

test('renewed in its last months, it holds from the day on which it would have run out', async ({ ctx }) => {
	const { course, person } = await aCountyThatAsks(ctx, {
		...{ recurrence: 'after-completion', validMonths: 12, renewalMonths: 3 }
	});
	const study = (day: string) => aTry(as(on(ctx, day), person.id), addressOf(course));
	await reconcileAll(on(ctx, '2027-06-01'));
	await study('2028-02-29');
	await reconcileAll(on(ctx, '2028-11-01'));
	await reconcileAll(on(ctx, '2028-11-28'));
	expect(await roundsOf(ctx, person)).toBe(0);
	await reconcileAll(on(ctx, '2028-11-29'));
	await study('2028-12-10');
	await reconcileAll(on(ctx, '2029-11-01'));
	expect((await dutiesOf(ctx, person)).map(({ opensOn, dueOn, renewsFrom }) => [opensOn, dueOn, renewsFrom])).toEqual([
		['2026-01-01', '2027-07-01', null],
		['2028-11-29', '2029-02-28', '2029-02-28'],
		['2029-11-28', '2030-02-28', '2030-02-28']
	]);
});

test('renewed too late, it holds from the day on which it was done', async ({ ctx }) => {
	const { course, person } = await aCountyThatAsks(ctx, {
		...{ recurrence: 'after-completion', validMonths: 12, renewalMonths: 3 }
	});
	await reconcileAll(on(ctx, '2026-03-01'));
	await aTry(as(on(ctx, '2026-06-01'), person.id), addressOf(course));
	await reconcileAll(on(ctx, '2027-03-01'));
	await aTry(as(on(ctx, '2027-07-15'), person.id), addressOf(course));
	await reconcileAll(on(ctx, '2028-04-15'));
	expect((await dutiesOf(ctx, person)).map(({ dueOn }) => dueOn)).toEqual(['2026-12-31', '2027-06-01', '2028-07-15']);
});

test('courses to choose from are open again all together', async ({ ctx }) => {
	const electives = [await aCourse(ctx, { lessons: 1 }), await aCourse(ctx, { lessons: 1 })];
	const { person } = await aCountyThatAsks(ctx, { requirements: [{ kind: 'electives', choose: 1, electives }] });
	for (const course of electives) await aCompletion(ctx, { person, course, at: new Date('2025-09-01T02:00:00Z') });
	await reconcileAll(on(ctx, '2026-03-01'));
	expect(await roundsOf(ctx, person)).toBe(2);

	await aTry(as(on(ctx, '2026-05-01'), person.id), addressOf(electives[1]!));
	expect(await dutiesOf(ctx, person)).toMatchObject([{ completedAt: new Date('2026-05-01T02:00:00Z') }]);
});
