import { and, eq, isNull } from 'drizzle-orm';
import { expect } from 'vitest';
import { notifications } from '#db/schema/notifications.ts';
import { people } from '#db/schema/people.ts';
import { obligations } from '#db/schema/programmes.ts';
import '#lib/server/jobs/subscriptions.ts';
import { announce } from '#lib/server/platform/announce.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { reconcileAll, reconcileMarked } from '#lib/server/programmes/requirements/mark-dirty.ts';
import { reconcile } from '#lib/server/programmes/requirements/reconcile.ts';
import { settle } from '#lib/server/programmes/requirements/settle.ts';
import { aCompletion, aCourse } from '#tests/factories/courses.ts';
import { aPerson, type Person } from '#tests/factories/people.ts';
import { anAudience, aProgramme, aStandingAssignment } from '#tests/factories/requirements.ts';
import { aUnit, type Unit } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

const later = (ctx: Context, days: number): Context => ({
	...ctx,
	now: new Date(ctx.now.getTime() + days * 86_400_000)
});

const dutiesOf = ({ db }: Context, { id }: Pick<Person, 'id'>) =>
	db.select().from(obligations).where(eq(obligations.personId, id)).orderBy(obligations.periodOn, obligations.dueOn);

async function move(ctx: Context, person: Person, unit: Unit) {
	await ctx.db.update(people).set({ unitId: unit.id }).where(eq(people.id, person.id));
	await announce(ctx, 'people.moved', {
		people: [{ personId: person.id, fromUnitId: person.unitId, toUnitId: unit.id }]
	});
	await reconcileMarked(ctx);
}

/** A county whose people owe a course by the end of the year, and somebody there. */
async function aRuledCounty(ctx: Context, values: Parameters<typeof aProgramme>[1] = {}) {
	const county = await aUnit(ctx);
	const course = await aCourse(ctx, { lessons: 1 });
	const programme = await aProgramme(ctx, { requirements: [{ kind: 'course', courseId: course.id }], ...values });
	const standing = await aStandingAssignment(ctx, {
		programme,
		audience: await anAudience(ctx, { unit: county })
	});
	return { county, course, standing, person: await aPerson(ctx, { unit: county }) };
}

test('whoever belongs owes what the programme asks, once however often it is worked out', async ({ ctx }) => {
	const { course, standing, person } = await aRuledCounty(ctx);
	const stranger = await aPerson(ctx);
	expect(await reconcile(ctx, [standing.id], 'all')).toEqual({ made: 1, withdrawn: 0, returned: 0 });
	expect(await reconcile(ctx, [standing.id], 'all')).toEqual({ made: 0, withdrawn: 0, returned: 0 });
	expect(await reconcile(ctx, 'all', { personIds: [person.id] })).toEqual({ made: 0, withdrawn: 0, returned: 0 });
	expect(await dutiesOf(ctx, person)).toMatchObject([
		{
			courseId: course.id,
			dueOn: '2026-12-31',
			opensOn: '2026-01-01',
			requirementId: standing.programme.requirements[0]!.id,
			audienceVersionId: standing.audience.versionId
		}
	]);
	expect(await dutiesOf(ctx, stranger)).toEqual([]);
});

test('what was completed before counts only as far back as the programme says', async ({ ctx }) => {
	const strict = await aRuledCounty(ctx);
	const before = new Date('2025-06-01T00:00:00Z');
	const completion = await aCompletion(ctx, { person: strict.person, course: strict.course, at: before });
	await reconcile(ctx, [strict.standing.id], 'all');
	expect(await dutiesOf(ctx, strict.person)).toMatchObject([{ completedAt: null }]);

	const programme = await aProgramme(ctx, {
		priorMonths: 12,
		requirements: [{ kind: 'course', courseId: strict.course.id }]
	});
	const lenient = await aStandingAssignment(ctx, { programme, audience: strict.standing.audience });
	await reconcile(ctx, [lenient.id], 'all');
	const duties = await dutiesOf(ctx, strict.person);
	expect(duties.find(({ programmeAssignmentId }) => programmeAssignmentId === lenient.id)).toMatchObject({
		completedAt: before,
		completionId: completion.id
	});
});

test('a course completed closes it; who leaves is released with the reason, and owes it again on coming back', async ({
	ctx
}) => {
	const { county, course, person } = await aRuledCounty(ctx);
	const other = await aPerson(ctx, { unit: county });
	const elsewhere = await aUnit(ctx);
	await reconcileAll(ctx);
	const { id: completionId } = await aCompletion(ctx, { person: other, course });
	await announce(ctx, 'course.completed', { personId: other.id, courseId: course.id, completionId });

	await move(ctx, person, elsewhere);
	await move(ctx, other, elsewhere);
	expect(await dutiesOf(ctx, person)).toMatchObject([{ withdrawnBecause: 'left-audience' }]);
	expect(await dutiesOf(ctx, other)).toMatchObject([{ withdrawnAt: null, completionId, unitId: county.id }]);
	const told = await ctx.db
		.select({ kind: notifications.kind })
		.from(notifications)
		.where(eq(notifications.personId, person.id))
		.orderBy(notifications.createdAt, notifications.kind);
	expect(told.map(({ kind }) => kind)).toEqual(['programme_left']);

	await move(ctx, person, county);
	expect(await dutiesOf(ctx, person)).toMatchObject([{ withdrawnAt: null, withdrawnBecause: null, unitId: county.id }]);
});

test('after a transfer the new unit’s programme is owed and the old one’s is not, with the reason told', async ({
	ctx
}) => {
	const [old, other] = [await aRuledCounty(ctx), await aRuledCounty(ctx)];
	await reconcileAll(ctx);
	await move(ctx, old.person, other.county);
	const duties = new Map((await dutiesOf(ctx, old.person)).map((duty) => [duty.courseId, duty]));
	expect(duties.get(old.course.id)).toMatchObject({ withdrawnBecause: 'left-audience' });
	expect(duties.get(other.course.id)).toMatchObject({ withdrawnAt: null, unitId: other.county.id });
	const told = await ctx.db.select().from(notifications).where(eq(notifications.personId, old.person.id));
	expect(told.map(({ kind }) => kind)).toContain('programme_left');
});

test('a yearly programme asks anew each year, and last year stays what it was', async ({ ctx }) => {
	const { person, standing, county } = await aRuledCounty(ctx, {
		recurrence: 'yearly',
		requirements: [{ kind: 'hours', hours: 4, due: { kind: 'yearly', month: 11, day: 30 } }]
	});
	await reconcileAll(ctx);
	await reconcileAll(later(ctx, 30));
	expect((await dutiesOf(ctx, person)).map(({ dueOn, expiresOn }) => [dueOn, expiresOn])).toEqual([
		['2026-11-30', '2026-12-31'],
		['2027-11-30', '2027-12-31']
	]);

	const next = later(ctx, 60);
	await ctx.db
		.update(people)
		.set({ unitId: (await aUnit(ctx)).id })
		.where(eq(people.id, person.id));
	await reconcile(next, [standing.id], 'all');
	expect((await dutiesOf(ctx, person)).map(({ withdrawnBecause }) => withdrawnBecause)).toEqual([
		null,
		'left-audience'
	]);
	expect(county.id).toBeDefined();
});

test('a certificate is renewed in its last months, by what is done then', async ({ ctx }) => {
	const { person, course } = await aRuledCounty(ctx, {
		recurrence: 'after-completion',
		validMonths: 24,
		renewalMonths: 3
	});
	const completion = await aCompletion(ctx, { person, course, at: new Date('2026-03-01T00:00:00Z') });
	await reconcileAll(ctx);
	expect(await dutiesOf(ctx, person)).toMatchObject([{ completionId: completion.id }]);

	await reconcileAll({ ...ctx, now: new Date('2027-10-31T02:00:00Z') });
	expect(await dutiesOf(ctx, person)).toHaveLength(1);
	await reconcileAll({ ...ctx, now: new Date('2027-11-02T02:00:00Z') });
	expect(await dutiesOf(ctx, person)).toMatchObject([
		{ completionId: completion.id },
		{ opensOn: '2027-12-01', dueOn: '2028-03-01', completedAt: null }
	]);
});

test('evidence that falls away opens the duty again', async ({ ctx }) => {
	const { person, course, standing } = await aRuledCounty(ctx);
	await reconcile(ctx, [standing.id], 'all');
	const completion = await aCompletion(ctx, { person, course });
	await settle(ctx, [person.id]);
	expect(await dutiesOf(ctx, person)).toMatchObject([{ completionId: completion.id }]);

	await ctx.db
		.update(obligations)
		.set({ periodOn: '2027-01-01', opensOn: '2026-12-01' })
		.where(and(eq(obligations.personId, person.id), isNull(obligations.withdrawnAt)));
	await settle(ctx, [person.id], ['exam']);
	expect(await dutiesOf(ctx, person)).toMatchObject([{ completionId: completion.id }]);
	await settle(ctx, [person.id], ['course']);
	expect(await dutiesOf(ctx, person)).toMatchObject([{ completionId: null, completedAt: null }]);
});
