import { expect } from 'vitest';
import { personStates } from '#lib/schemas/completion.ts';
import { eachPersonBehind, listPeopleBehind } from '#lib/server/completion/list-people.ts';
import { getOverview } from '#lib/server/completion/queries.ts';
import { markDirty, refreshRollups } from '#lib/server/completion/refresh-rollups.ts';
import { aCompletion, aCourse } from '#tests/factories/courses.ts';
import { aPerson } from '#tests/factories/people.ts';
import { anObligation } from '#tests/factories/programmes.ts';
import { exemptMarks, aProgrammeDuty, aStandingAssignment } from '#tests/factories/requirements.ts';
import { as, aUnit } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

test('opens every figure down to as many people as it says', async ({ ctx: base }) => {
	const city = await aUnit(base, { kind: 'city' });
	const county = await aUnit(base, { below: city });
	const ctx = as(base, (await aPerson(base, { unit: city })).id, { role: 'leader', unit: city });
	const [course, other] = [await aCourse(ctx), await aCourse(ctx)];
	const standing = await aStandingAssignment(ctx);
	for (const unit of [city, county, county]) {
		const done = await aPerson(ctx, { unit });
		const completion = await aCompletion(ctx, { person: done, course });
		await anObligation(ctx, { person: done, course, completedAt: ctx.now, completionId: completion.id });
		await anObligation(ctx, { person: await aPerson(ctx, { unit }), course, dueOn: '2026-11-22' });
		const started = await aPerson(ctx, { unit });
		await anObligation(ctx, { person: started, course, startedAt: ctx.now });
		await anObligation(ctx, { person: started, course: other, dueOn: '2027-02-01' });
		await anObligation(ctx, { person: await aPerson(ctx, { unit }), course: other });
		const exempt = await aPerson(ctx, { unit });
		await anObligation(ctx, { person: exempt, course, dueOn: '2026-11-22', ...(await exemptMarks(ctx, exempt)) });
		await aProgrammeDuty(ctx, { person: await aPerson(ctx, { unit }), standing });
	}
	await markDirty(ctx, { units: [city, county].map(({ id }) => ({ unitId: id, year: 2026 })) });
	await refreshRollups(ctx);

	for (const courseId of [null, course.id]) {
		const { rows, total } = await getOverview(ctx, city.id, { year: 2026, courseId });
		const figureOf = {
			overdue: total.overdue,
			'not-started': total.notStarted,
			'in-progress': total.inProgress,
			completed: total.completed,
			exempt: total.exempt
		};
		for (const state of personStates) {
			const people = await Array.fromAsync(eachPersonBehind(ctx, city.id, { year: 2026, courseId, state }));
			expect(people, state).toHaveLength(figureOf[state]);
			expect(people.every((person) => person.state === state)).toBe(true);
		}
		const own = await listPeopleBehind(ctx, city.id, { year: 2026, courseId, own: true });
		expect(own.rows).toHaveLength(rows.find((row) => row.own)!.due);
	}
});

test('pages by name and finds by number', async ({ ctx: base }) => {
	const unit = await aUnit(base);
	const ctx = as(base, (await aPerson(base, { unit })).id, { role: 'leader', unit });
	const [course, another] = [await aCourse(ctx), await aCourse(ctx)];
	const names = ['安之', '白露', '陈默'];
	for (const name of names) {
		const person = await aPerson(ctx, { unit, name, staffNumber: `N-${name}` });
		await anObligation(ctx, { person, course, dueOn: '2026-10-01' });
		await anObligation(ctx, { person, course: another, startedAt: ctx.now });
	}
	const filter = { year: 2026 };
	const first = await listPeopleBehind(ctx, unit.id, filter, { size: 2 });
	expect(first.rows.map(({ name }) => name)).toEqual(['安之', '白露']);
	expect(first.rows[0]).toMatchObject({ state: 'overdue', openDueOn: '2026-10-01', duties: 2, completed: 0 });
	const second = await listPeopleBehind(ctx, unit.id, filter, { size: 2, after: first.next });
	expect(second.rows.map(({ name }) => name)).toEqual(['陈默']);
	const back = await listPeopleBehind(ctx, unit.id, filter, { size: 2, before: second.previous });
	expect(back.rows.map(({ name }) => name)).toEqual(['安之', '白露']);
	expect((await listPeopleBehind(ctx, unit.id, { ...filter, q: 'N-白' })).rows.map(({ name }) => name)).toEqual([
		'白露'
	]);
});

test('shows people only to those who may see them, within their reach', async ({ ctx: base }) => {
	const [own, other] = [await aUnit(base), await aUnit(base)];
	const personId = (await aPerson(base, { unit: own })).id;
	await expect(
		listPeopleBehind(as(base, personId, { role: 'leader', unit: own }), other.id, { year: 2026 })
	).rejects.toThrow('unit.not-found');
	await expect(
		listPeopleBehind(as(base, personId, { role: 'admin', unit: own }), own.id, { year: 2026 })
	).rejects.toThrow('unit.not-found');
});
