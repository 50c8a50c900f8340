import { and, eq, sql } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import { eventParticipants } from '#db/schema/events.ts';
import { people } from '#db/schema/people.ts';
import { obligations } from '#db/schema/programmes.ts';
import { reminderDays, reminders } from '#db/schema/reminders.ts';
import '#lib/server/jobs/subscriptions.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { assign } from '#lib/server/programmes/assign.ts';
import { deliverDigests } from '#lib/server/programmes/reminders/deliver-digests.ts';
import { findReminders } from '#lib/server/programmes/reminders/find-reminders.ts';
import { listLate } from '#lib/server/programmes/reminders/list-late.ts';
import { setReminderSettings, byDefault } from '#lib/server/programmes/reminders/settings.ts';
import { aCompletion, aCourse } from '../../../factories/courses.ts';
import { anOpenEvent } from '../../../factories/events.ts';
import { aCandidacy } from '../../../factories/exams.ts';
import { anExemption as anApproved } from '../../../factories/exemptions.ts';
import { aPerson } from '../../../factories/people.ts';
import { anObligation } from '../../../factories/programmes.ts';
import { clockAt, digestsOf, remindAt, remindersOf, toldTo, workDay } from '../../../factories/reminders.ts';
import { aGrant, as, aUnit, theProvince } from '../../../factories/units.ts';
import { test } from '../../../setup/test.ts';

const setDue = ({ db }: Context, id: string, dueOn: string) =>
	db.update(obligations).set({ dueOn }).where(eq(obligations.id, id));

test('reminds 30, 7 and 1 days before the date, the day after it, and every week from there', async ({ ctx }) => {
	const person = await aPerson(ctx);
	await anObligation(ctx, { person, dueOn: '2026-12-30' }); // a Wednesday
	for (const day of ['2026-11-30', '2026-12-01', '2026-12-23', '2026-12-29', '2026-12-30', '2026-12-31', '2027-01-07'])
		await workDay(ctx, day);
	expect((await toldTo(ctx, person.id)).flatMap(({ steps }) => steps)).toEqual([
		'before-30 2026-12-30',
		'before-7 2026-12-30',
		'before-1 2026-12-30',
		'overdue-0 2026-12-30',
		'overdue-1 2026-12-30'
	]);
});

describe('never twice', () => {
	test('however often the job runs, at once or one after the other, and after a restart', async ({ freshDatabase }) => {
		const { ctx } = await freshDatabase();
		const person = await aPerson(ctx);
		const duty = await anObligation(ctx, { person, dueOn: '2026-11-30' });
		const monday = clockAt(ctx, '2026-11-23T08:00');

		await Promise.all([1, 2, 3, 4].map(() => findReminders(monday)));
		await findReminders(monday);
		const later = clockAt(ctx, '2026-11-23T08:20');
		await Promise.all([1, 2, 3, 4].map(() => deliverDigests(later)));
		await deliverDigests(later);
		// A restart that has forgotten which days were worked: the database still knows each step.
		await ctx.db.delete(reminderDays);
		await findReminders(later);
		await deliverDigests(clockAt(ctx, '2026-11-24T08:20'));

		expect(await remindersOf(ctx, person.id)).toMatchObject([{ obligationId: duty.id, step: 'before-7' }]);
		expect(await toldTo(ctx, person.id)).toMatchObject([{ kind: 'digest', steps: ['before-7 2026-11-30'] }]);
	});

	test('the database refuses a second reminder of one step for one date', async ({ ctx }) => {
		const { id: obligationId, personId } = await anObligation(ctx);
		const row = { personId, obligationId, step: 'before-7', dueOn: '2026-12-31', madeAt: ctx.now };
		await ctx.db.insert(reminders).values({ id: crypto.randomUUID(), ...row });
		await expect(
			ctx.db.transaction((tx) => tx.insert(reminders).values({ id: crypto.randomUUID(), ...row }))
		).rejects.toThrow();
	});

	test('a date that was moved has steps of its own; what waited for the old one is not told', async ({ ctx }) => {
		const person = await aPerson(ctx);
		const duty = await anObligation(ctx, { person, dueOn: '2026-11-30' });
		await remindAt(ctx, '2026-11-23T08:00');
		await setDue(ctx, duty.id, '2026-12-30');
		await remindAt(ctx, '2026-11-23T08:20');
		expect(await toldTo(ctx, person.id)).toEqual([]);
		await workDay(ctx, '2026-12-23');
		expect((await toldTo(ctx, person.id)).flatMap(({ steps }) => steps)).toEqual(['before-7 2026-12-30']);
	});
});

test('gathers the duties of a day, whoever asks for them, in one line and one course in one item', async ({ ctx }) => {
	const person = await aPerson(ctx);
	const hr = as(ctx, (await aPerson(ctx)).id, { role: 'hr', unit: await theProvince(ctx) });
	await anObligation(ctx, { person, dueOn: '2026-11-30' });
	await anObligation(ctx, { person, dueOn: '2026-11-24' });
	await anObligation(ctx, { person, dueOn: '2026-11-22' });
	for (const course of [await aCourse(ctx), await aCourse(ctx)])
		await assign(clockAt(hr, '2026-11-23T07:00'), {
			...{ courseId: course.id, dueOn: '2026-12-31', reason: '年度计划' },
			...{ unitIds: [], personIds: [person.id], subtree: true }
		});
	await workDay(ctx, '2026-11-23');
	const told = await toldTo(ctx, person.id);
	expect(told).toHaveLength(1);
	expect(told[0]!.steps).toEqual([
		'overdue-0 2026-11-22',
		'before-1 2026-11-24',
		'before-7 2026-11-30',
		'assigned 2026-12-31',
		'assigned 2026-12-31'
	]);
});

test('one a day: what comes up later on a day waits for the next, and goes out when quiet hours end', async ({
	ctx
}) => {
	const person = await aPerson(ctx);
	const hr = as(ctx, (await aPerson(ctx)).id, { role: 'hr', unit: await theProvince(ctx) });
	const assignAt = async (local: string) =>
		assign(clockAt(hr, local), {
			...{ courseId: (await aCourse(ctx)).id, dueOn: '2026-12-31', reason: '年度计划' },
			...{ unitIds: [], personIds: [person.id], subtree: true }
		});
	const count = async () => (await toldTo(ctx, person.id)).length;

	await assignAt('2026-11-23T10:00');
	await remindAt(ctx, '2026-11-23T10:14');
	expect(await count()).toBe(0);
	await remindAt(ctx, '2026-11-23T10:15');
	expect(await count()).toBe(1);

	await assignAt('2026-11-23T11:00');
	await assignAt('2026-11-23T21:00');
	for (const local of ['2026-11-23T12:00', '2026-11-23T23:59', '2026-11-24T07:59']) await remindAt(ctx, local);
	expect(await count()).toBe(1);
	await remindAt(ctx, '2026-11-24T08:00');
	expect((await toldTo(ctx, person.id)).map(({ steps }) => steps.length)).toEqual([1, 2]);
	expect((await digestsOf(ctx, person.id)).map(({ on }) => on)).toEqual(['2026-11-23', '2026-11-24']);
});

describe('nobody is chased', () => {
	test('for what is completed, withdrawn, exempt, expired, not open yet, or deferred', async ({ ctx }) => {
		const person = await aPerson(ctx);
		const course = await aCourse(ctx);
		const { id: completionId } = await aCompletion(ctx, { person, course });
		const dueOn = '2026-11-30';
		await anObligation(ctx, { person, course, dueOn, completedAt: ctx.now, completionId });
		await anObligation(ctx, { person, dueOn, withdrawnAt: ctx.now, withdrawnBecause: '计划调整' });
		await anObligation(ctx, { person, dueOn, opensOn: '2026-11-27' });
		await anObligation(ctx, { person, dueOn: '2026-11-15', expiresOn: '2026-11-20' });
		const exempt = await anObligation(ctx, { person, dueOn });
		const { id: exemptionId } = await anApproved(ctx, {
			...{ person, obligationId: exempt.id, state: 'approved', decidedAt: ctx.now, decidedBy: (await aPerson(ctx)).id }
		});
		await ctx.db.update(obligations).set({ exemptAt: ctx.now, exemptionId }).where(eq(obligations.id, exempt.id));
		await setDue(ctx, (await anObligation(ctx, { person, dueOn })).id, '2027-03-31');
		await workDay(ctx, '2026-11-23');
		expect(await remindersOf(ctx, person.id)).toEqual([]);
		expect(await toldTo(ctx, person.id)).toEqual([]);
	});

	test('who has left, or who did it before the digest went out: the day stays free for something else', async ({
		ctx
	}) => {
		const gone = await aPerson(ctx);
		await anObligation(ctx, { person: gone, dueOn: '2026-11-30' });
		await ctx.db.update(people).set({ status: 'left', leftOn: '2026-11-20' }).where(eq(people.id, gone.id));
		const quick = await aPerson(ctx);
		const course = await aCourse(ctx);
		const duty = await anObligation(ctx, { person: quick, course, dueOn: '2026-11-30' });
		await remindAt(ctx, '2026-11-23T08:00');
		const { id: completionId } = await aCompletion(ctx, { person: quick, course });
		await ctx.db.update(obligations).set({ completedAt: ctx.now, completionId }).where(eq(obligations.id, duty.id));
		await remindAt(ctx, '2026-11-23T08:20');

		expect(await remindersOf(ctx, gone.id)).toEqual([]);
		expect(await toldTo(ctx, quick.id)).toEqual([]);
		expect(await digestsOf(ctx, quick.id)).toMatchObject([{ daily: false, mail: 'none' }]);
	});

	test('of a new duty whoever is exempt from everything', async ({ ctx }) => {
		const person = await aPerson(ctx);
		const colleague = await aPerson(ctx);
		await anApproved(ctx, {
			...{ person, state: 'approved', decidedAt: ctx.now, decidedBy: (await aPerson(ctx)).id }
		});
		const hr = as(ctx, (await aPerson(ctx)).id, { role: 'hr', unit: await theProvince(ctx) });
		await assign(hr, {
			...{ courseId: (await aCourse(ctx)).id, dueOn: '2026-12-31', reason: '年度计划' },
			...{ unitIds: [], personIds: [person.id, colleague.id], subtree: true }
		});
		await deliverDigests(clockAt(ctx, '2026-11-23T10:20'));
		expect(await toldTo(ctx, person.id)).toEqual([]);
		expect(await toldTo(ctx, colleague.id)).toMatchObject([{ kind: 'digest' }]);
	});

	test('where HR has switched reminders off, or on a weekend', async ({ ctx }) => {
		await anObligation(ctx, { dueOn: '2026-12-05' });
		expect(await findReminders(clockAt(ctx, '2026-11-28T09:00'))).toBe(0);
		const admin = as(ctx, (await aPerson(ctx)).id, { role: 'admin', unit: await theProvince(ctx) });
		await setReminderSettings(admin, { ...byDefault, active: false });
		expect(await findReminders(clockAt(ctx, '2026-11-27T09:00'))).toBe(0);
		await setReminderSettings(admin, { ...byDefault, weekends: true });
		expect(await findReminders(clockAt(ctx, '2026-11-28T09:00'))).toBe(1);
	});
});

test('exams and events of the week are in the same digest, until sat or declined', async ({ ctx }) => {
	const person = await aPerson(ctx);
	await aCandidacy(ctx, person, {
		opensAt: new Date('2026-11-30T01:00:00Z'),
		closesAt: new Date('2026-11-30T03:00:00Z')
	} as never);
	const other = await aPerson(ctx);
	const { event } = await anOpenEvent(ctx, { people: [person, other], inDays: 1, title: '第四季度讲座' });
	await ctx.db
		.update(eventParticipants)
		.set({ state: 'declined', declinedBecause: '出差' })
		.where(and(eq(eventParticipants.eventId, event.id), eq(eventParticipants.personId, other.id)));

	await workDay(ctx, '2026-11-23');
	const told = (await toldTo(ctx, person.id)).find(({ kind }) => kind === 'digest');
	expect(told!.steps).toEqual(['before-1 2026-11-24', 'before-7 2026-11-30']);
	expect(await remindersOf(ctx, other.id)).toEqual([]);
});

describe('those who look after a unit', () => {
	test('hear once a week of what is long overdue: the nearest liaison, later the nearest HR, in counts', async ({
		ctx
	}) => {
		const city = await aUnit(ctx);
		const county = await aUnit(ctx, { below: city });
		const [liaison, hr] = [await aPerson(ctx, { unit: city }), await aPerson(ctx)];
		await aGrant(ctx, liaison.id, 'liaison', city);
		await aGrant(ctx, hr.id, 'hr', await theProvince(ctx));
		for (const unit of [city, county, county]) {
			const person = await aPerson(ctx, { unit });
			await anObligation(ctx, { person, dueOn: '2026-11-09' }); // two weeks
			await anObligation(ctx, { person, dueOn: '2026-11-10' });
		}
		await anObligation(ctx, { person: await aPerson(ctx, { unit: county }), dueOn: '2026-10-26' }); // four weeks

		for (const day of ['2026-11-23', '2026-11-24', '2026-11-25']) await workDay(ctx, day);
		expect(await toldTo(ctx, liaison.id)).toMatchObject([
			{ kind: 'overdue_liaison', values: { people: 4, duties: 4, units: 2, unit: city.name, weeks: 2 } }
		]);
		expect(await toldTo(ctx, hr.id)).toMatchObject([
			{ kind: 'overdue_hr', values: { people: 1, duties: 1, units: 1, weeks: 4 } }
		]);
		await workDay(ctx, '2026-11-30');
		expect(await toldTo(ctx, liaison.id)).toHaveLength(2);
	});

	test('open the people whom it counts, and not those of whoever is nearer', async ({ ctx }) => {
		const province = await theProvince(ctx);
		const city = await aUnit(ctx);
		await aGrant(ctx, (await aPerson(ctx, { unit: city })).id, 'liaison', city);
		const [near, far] = [await aPerson(ctx, { unit: city }), await aPerson(ctx, { unit: await aUnit(ctx) })];
		for (const person of [near, far]) await anObligation(ctx, { person, dueOn: '2026-11-01' });
		await anObligation(ctx, { person: await aPerson(ctx, { unit: city }), dueOn: '2026-11-20' });
		const reader = as(ctx, far.id, { role: 'hr', unit: province });
		const late = async (unitId: string, role: 'liaison' | 'hr') =>
			(await listLate(reader, unitId, { role, weeks: 2 })).page.rows.map(({ personId }) => personId);
		expect(await late(city.id, 'liaison')).toEqual([near.id]);
		expect(await late(province.id, 'liaison')).toEqual([far.id]);
		expect(await late(province.id, 'hr')).toHaveLength(2);
	});
});

test('asks an index for the dates of the steps, not everybody', async ({ freshDatabase }) => {
	const { ctx } = await freshDatabase();
	const { personId, assignmentId, courseId, unitId } = await anObligation(ctx);
	await ctx.db.execute(sql`
		insert into people (id, staff_number, name, pinyin, initials, unit_id, title, created_at, updated_at)
		select gen_random_uuid(), 'N' || n, 'n', 'n', 'n', ${unitId}, '', now(), now() from generate_series(1, 20000) n`);
	await ctx.db.execute(sql`
		insert into obligations (id, person_id, course_id, unit_id, assignment_id, due_on, created_at)
		select gen_random_uuid(), p.id, ${courseId}, ${unitId}, ${assignmentId}, date '2027-01-01' + (row_number() over ())::int % 365, now()
		from people p where p.id <> ${personId} and p.staff_number like 'N%'`);
	await ctx.db.execute(sql`analyze obligations, people`);
	const { rows } = await ctx.db.execute<{ 'QUERY PLAN': string }>(sql`
		explain select o.id from obligations o join people p on p.id = o.person_id and p.status = 'active'
		where o.due_on = any(array['2027-01-05', '2027-02-01']::date[]) and o.completed_at is null and o.withdrawn_at is null and o.exempt_at is null`);
	const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
	expect(plan).toMatch(/Index Cond: \(due_on = ANY/);
	expect(plan).not.toContain('Seq Scan on obligations');
});
