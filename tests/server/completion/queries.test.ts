import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { expect } from 'vitest';
import '#lib/server/jobs/subscriptions.ts';
import { getOverview, rateOf } from '#lib/server/completion/queries.ts';
import { refreshRollups } from '#lib/server/completion/refresh-rollups.ts';
import { announce } from '#lib/server/platform/announce.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { assign } from '#lib/server/programmes/assign.ts';
import { type Course, aCompletion, aCourse } from '#tests/factories/courses.ts';
import { aPerson, type Person } from '#tests/factories/people.ts';
import { exemptMarks, aProgrammeDuty, aStandingAssignment } from '#tests/factories/requirements.ts';
import { as, aUnit, theProvince, type Unit } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

const dayOf = (offset: number) => new Date(Date.UTC(2026, 10, 23 + offset)).toISOString().slice(0, 10);

async function complete(ctx: SignedIn, person: Person, course: Course) {
	const { id: completionId } = await aCompletion(ctx, { person, course });
	await announce(ctx, 'course.completed', { personId: person.id, courseId: course.id, completionId });
}

/** The same figures by a plain count over the obligations, person by person. */
async function countPlainly(ctx: SignedIn, unit: Unit, courseId: string | null) {
	const { rows } = await ctx.db.execute(sql`
		select (count(*) filter (where state <> 'exempt'))::int as due, (count(*) filter (where state = 'exempt'))::int as exempt, (count(*) filter (where state = 'completed'))::int as completed, (count(*) filter (where state = 'overdue'))::int as overdue,
			(count(*) filter (where state = 'in-progress'))::int as "inProgress", (count(*) filter (where state = 'not-started'))::int as "notStarted"
		from (
			select case
				when bool_and(o.exempt_at is not null) then 'exempt'
				when bool_and(o.completed_at is not null or o.exempt_at is not null) then 'completed'
				when bool_or(o.completed_at is null and o.exempt_at is null and o.due_on < '2026-11-23') then 'overdue'
				when bool_or(o.started_at is not null or o.completed_at is not null) then 'in-progress'
				else 'not-started' end as state
			from obligations o join units u on u.id = o.unit_id
			where u.path <@ ${unit.path}::ltree and o.withdrawn_at is null and (${courseId}::uuid is null or o.course_id = ${courseId}::uuid)
				and extract(year from o.due_on) = 2026
			group by o.unit_id, o.person_id
		) people`);
	return rows[0];
}

test('shows the figures that a plain count gives, for any course of events', async ({ ctx: base }) => {
	const province = await theProvince(base);
	const city = await aUnit(base, { kind: 'city' });
	const counties = [await aUnit(base, { below: city }), await aUnit(base, { below: city })];
	const offices = [city, ...counties];
	const people: Person[] = [];
	for (let place = 0; place < 6; place++) people.push(await aPerson(base, { unit: offices[place % 3] }));
	const courses = [await aCourse(base, { lessons: 1 }), await aCourse(base, { lessons: 1 })];
	const hr = await aPerson(base, { unit: province });
	const ctx = as(base, hr.id, { role: 'hr', unit: province });
	for (const [place, course] of courses.entries()) {
		await assign(ctx, {
			courseId: course.id,
			dueOn: dayOf(place * 20),
			reason: '年度计划',
			personIds: [],
			unitIds: [city.id],
			subtree: true
		});
	}
	const [away, half] = [people[4]!, people[5]!];
	for (const person of [away, half]) {
		const { exemptAt, exemptionId } = await exemptMarks(ctx, person);
		await ctx.db.execute(sql`
			update obligations set exempt_at = ${exemptAt}, exemption_id = ${exemptionId}
			where person_id = ${person.id} ${person === half ? sql`and course_id = ${courses[0]!.id}` : sql``}`);
	}
	const standing = await aStandingAssignment(ctx);
	await aProgrammeDuty(ctx, { person: people[0]!, standing });
	await ctx.db.execute(sql`update obligations set due_on = due_on - (abs(hashtext(person_id::text)) % 40)`);

	const events = fc.array(
		fc.record({
			person: fc.constantFrom(...people.slice(0, 4)),
			course: fc.constantFrom(...courses),
			act: fc.constantFrom('start' as const, 'complete' as const)
		}),
		{ maxLength: 8 }
	);
	const [some] = fc.sample(events, { numRuns: 1, seed: 42 });
	const done = new Set<string>();
	for (const { person, course, act } of some ?? []) {
		if (act === 'start') await announce(ctx, 'lesson.started', { personId: person.id, courseId: course.id });
		else if (!done.has(person.id + course.id)) {
			done.add(person.id + course.id);
			await complete(ctx, person, course);
		}
	}
	await refreshRollups(ctx);

	for (const courseId of [null, ...courses.map(({ id }) => id)]) {
		const overview = await getOverview(ctx, city.id, { year: 2026, courseId });
		expect(overview.total).toEqual(await countPlainly(ctx, city, courseId));
		expect(overview.rows.map(({ unitId, own }) => [unitId, own])).toEqual([
			[city.id, true],
			...counties.map(({ id }) => [id, false])
		]);
		for (const row of overview.rows.filter(({ own }) => !own)) {
			const county = counties.find(({ id }) => id === row.unitId);
			expect(row).toMatchObject((await countPlainly(ctx, county as Unit, courseId)) as object);
		}
	}
	const above = await getOverview(ctx, province.id, { year: 2026 });
	expect(above.rows.find(({ unitId }) => unitId === city.id)).toMatchObject(
		(await countPlainly(ctx, city, null)) as object
	);
});

test('hides units out of reach', async ({ ctx: base }) => {
	const [own, other] = [await aUnit(base), await aUnit(base)];
	const ctx = as(base, (await aPerson(base, { unit: own })).id, { role: 'leader', unit: own });
	await expect(getOverview(ctx, other.id, { year: 2026 })).rejects.toThrow('unit.not-found');
	expect((await getOverview(ctx, own.id, { year: 2026 })).total.due).toBe(0);
});

test('never rounds a rate up to everybody', () => {
	expect(rateOf({ completed: 1999, due: 2000 })).toBe(99.9);
	expect(rateOf({ completed: 0, due: 0 })).toBeUndefined();
});
