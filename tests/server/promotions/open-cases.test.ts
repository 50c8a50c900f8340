import { and, eq, isNull } from 'drizzle-orm';
import { expect } from 'vitest';
import { notifications } from '#db/schema/notifications.ts';
import { obligations } from '#db/schema/programmes.ts';
import { promotions } from '#db/schema/promotions.ts';
import type { LeadershipLevel, PostKind } from '#lib/schemas/people.ts';
import '#lib/server/jobs/subscriptions.ts';
import { appoint } from '#lib/server/people/appoint.ts';
import { applyPosts } from '#lib/server/people/apply-posts.ts';
import { announce } from '#lib/server/platform/announce.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { setProgramme } from '#lib/server/promotions/programme.ts';
import { aCompletion, aCourse } from '#tests/factories/courses.ts';
import { aPerson } from '#tests/factories/people.ts';
import { anObligation } from '#tests/factories/programmes.ts';
import { aProgramme } from '#tests/factories/promotions.ts';
import { as, aUnit, theProvince } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

async function anOffice(base: Context) {
	const province = await theProvince(base);
	return as(base, (await aPerson(base, { unit: province })).id, { role: 'hr', unit: province });
}

type Rise = { level?: LeadershipLevel | null; kind?: PostKind; startsOn?: string; unitId: string };
const postOf = ({ level = 'section-deputy', kind = 'promotion', startsOn = '2026-11-01', unitId }: Rise) => ({
	unitId,
	kind,
	title: '副科长',
	leadershipLevel: level,
	rank: 'principal-clerk-1' as const,
	startsOn,
	document: '示人社任〔2026〕3号'
});
const casesOf = ({ db }: Context, personId: string) =>
	db.select().from(promotions).where(eq(promotions.personId, personId)).orderBy(promotions.startsOn);
const openDutiesOf = ({ db }: Context, personId: string) =>
	db
		.select()
		.from(obligations)
		.where(and(eq(obligations.personId, personId), isNull(obligations.completedAt), isNull(obligations.withdrawnAt)));

test('an appointment to a leading post brings the programme, with a year to do it', async ({ ctx: base }) => {
	const ctx = await anOffice(base);
	const courses = [await aCourse(ctx), await aCourse(ctx)];
	await aProgramme(ctx, ...courses);
	const person = await aPerson(ctx, { unit: await aUnit(ctx) });
	const to = await aUnit(ctx);
	await appoint(ctx, { personId: person.id, ...postOf({ unitId: to.id }) });

	const [opened] = await casesOf(ctx, person.id);
	expect(opened).toMatchObject({
		fromLevel: null,
		toLevel: 'section-deputy',
		startsOn: '2026-11-01',
		dueOn: '2027-11-01',
		document: '示人社任〔2026〕3号',
		completedAt: null
	});
	const duties = await openDutiesOf(ctx, person.id);
	expect(duties).toMatchObject(courses.map(() => ({ promotionId: opened?.id, unitId: to.id, dueOn: '2027-11-01' })));
	expect(await ctx.db.select().from(notifications).where(eq(notifications.personId, person.id))).toMatchObject([
		{ kind: 'promotion_opened', values: { dueOn: '2027-11-01' } }
	]);
});

test('a roster row opens a case as an appointment does, for many people at once', async ({ ctx: base }) => {
	const ctx = await anOffice(base);
	await aProgramme(ctx, await aCourse(ctx));
	const unit = await aUnit(ctx);
	const [risen, moved] = [await aPerson(ctx, { unit }), await aPerson(ctx, { unit })];
	await applyPosts(ctx, [
		{ personId: risen.id, ...postOf({ unitId: unit.id }) },
		{ personId: moved.id, ...postOf({ unitId: unit.id, kind: 'transfer', level: null }) }
	]);

	expect(await casesOf(ctx, risen.id)).toHaveLength(1);
	expect(await casesOf(ctx, moved.id)).toHaveLength(0);
});

test.for([
	{ kind: 'promotion' as const, level: null, because: 'a rise in 职级 only' },
	{ kind: 'transfer' as const, level: 'section-deputy' as const, because: 'a transfer' },
	{ kind: 'acting' as const, level: 'section-deputy' as const, because: 'an acting post' }
])('opens nothing for $because', async ({ kind, level }, { ctx: base }) => {
	const ctx = await anOffice(base);
	await aProgramme(ctx, await aCourse(ctx));
	const person = await aPerson(ctx);
	await appoint(ctx, { personId: person.id, ...postOf({ unitId: person.unitId!, kind, level }) });
	expect(await casesOf(ctx, person.id)).toEqual([]);
	expect(await openDutiesOf(ctx, person.id)).toEqual([]);
});

test('a duty of a post that begins later counts where the person serves until then', async ({ ctx: base }) => {
	const ctx = await anOffice(base);
	await aProgramme(ctx, await aCourse(ctx));
	const person = await aPerson(ctx);
	await appoint(ctx, { personId: person.id, ...postOf({ unitId: (await aUnit(ctx)).id, startsOn: '2027-02-01' }) });
	expect(await openDutiesOf(ctx, person.id)).toMatchObject([{ unitId: person.unitId, dueOn: '2028-02-01' }]);
});

test('a course completed before counts at once', async ({ ctx: base }) => {
	const ctx = await anOffice(base);
	const [known, unknown] = [await aCourse(ctx), await aCourse(ctx)];
	await aProgramme(ctx, known, unknown);
	const person = await aPerson(ctx);
	await aCompletion(ctx, { person, course: known });
	await appoint(ctx, { personId: person.id, ...postOf({ unitId: person.unitId! }) });

	expect(await openDutiesOf(ctx, person.id)).toMatchObject([{ courseId: unknown.id }]);
	expect(await casesOf(ctx, person.id)).toMatchObject([{ completedAt: null }]);
});

test('whoever has completed everything has a case that is completed', async ({ ctx: base }) => {
	const ctx = await anOffice(base);
	const course = await aCourse(ctx);
	await aProgramme(ctx, course);
	const person = await aPerson(ctx);
	await aCompletion(ctx, { person, course });
	await appoint(ctx, { personId: person.id, ...postOf({ unitId: person.unitId! }) });
	expect(await casesOf(ctx, person.id)).toMatchObject([{ completedAt: ctx.now }]);
});

test.for([
	{ owed: '2027-12-31', due: '2027-11-01', because: 'the deadline of the promotion is earlier' },
	{ owed: '2026-12-31', due: '2026-12-31', because: 'the assignment is due earlier' }
])('what is owed already is owed once, by $due: $because', async ({ owed, due }, { ctx: base }) => {
	const ctx = await anOffice(base);
	const course = await aCourse(ctx);
	await aProgramme(ctx, course);
	const person = await aPerson(ctx);
	const obligation = await anObligation(ctx, { person, course, dueOn: owed });
	await appoint(ctx, { personId: person.id, ...postOf({ unitId: person.unitId! }) });
	expect(await openDutiesOf(ctx, person.id)).toMatchObject([
		{ id: obligation.id, assignmentId: obligation.assignmentId, dueOn: due }
	]);
});

test('a case is completed with the last of its courses', async ({ ctx: base }) => {
	const ctx = await anOffice(base);
	const courses = [await aCourse(ctx), await aCourse(ctx)];
	await aProgramme(ctx, ...courses);
	const person = await aPerson(ctx);
	await appoint(ctx, { personId: person.id, ...postOf({ unitId: person.unitId! }) });

	for (const [place, course] of courses.entries()) {
		expect((await casesOf(ctx, person.id))[0]?.completedAt, `after ${place}`).toBeNull();
		const { id: completionId } = await aCompletion(ctx, { person, course });
		await announce(ctx, 'course.completed', { personId: person.id, courseId: course.id, completionId });
	}
	expect((await casesOf(ctx, person.id))[0]?.completedAt).toEqual(ctx.now);
	expect(await openDutiesOf(ctx, person.id)).toEqual([]);
});

test('a case keeps the programme that it was opened with', async ({ ctx: base }) => {
	const ctx = await anOffice(base);
	const [before, after] = [await aCourse(ctx), await aCourse(ctx)];
	await aProgramme(ctx, before);
	const [first, second] = [await aPerson(ctx), await aPerson(ctx)];
	await appoint(ctx, { personId: first.id, ...postOf({ unitId: first.unitId! }) });
	const admin = as(ctx, ctx.actor.personId, { role: 'admin', unit: await theProvince(ctx) });
	await setProgramme(admin, { months: 6, courseIds: [after.id] });
	await appoint(ctx, { personId: second.id, ...postOf({ unitId: second.unitId! }) });

	expect(await openDutiesOf(ctx, first.id)).toMatchObject([{ courseId: before.id, dueOn: '2027-11-01' }]);
	expect(await openDutiesOf(ctx, second.id)).toMatchObject([{ courseId: after.id, dueOn: '2027-05-01' }]);
	await expect(setProgramme(ctx, { months: 6, courseIds: [] })).rejects.toThrow('access.forbidden');
});
