import { expect } from 'vitest';
import { summariseTraining } from '#lib/server/programmes/summarise-training.ts';
import { listTrainingOf } from '#lib/server/programmes/training-of.ts';
import { aPerson } from '../../factories/people.ts';
import { anObligation } from '../../factories/programmes.ts';
import { as, aUnit } from '../../factories/units.ts';
import { test } from '../../setup/test.ts';

test('sums up what is owed this year or still open, for those whose training may be seen', async ({ ctx: base }) => {
	const [own, other] = [await aUnit(base), await aUnit(base)];
	const ctx = as(base, (await aPerson(base, { unit: own })).id, { role: 'hr', unit: own });
	const [person, stranger, free] = [
		await aPerson(ctx, { unit: own }),
		await aPerson(ctx, { unit: other }),
		await aPerson(ctx, { unit: own })
	];
	await anObligation(ctx, { person, dueOn: '2025-12-31' });
	await anObligation(ctx, { person, dueOn: '2027-01-31', startedAt: ctx.now });
	await anObligation(ctx, { person, dueOn: '2026-12-31', withdrawnAt: ctx.now, withdrawnBecause: '计划调整' });
	await anObligation(ctx, { person: stranger, dueOn: '2026-12-31' });

	const summaries = await summariseTraining(ctx, [person.id, stranger.id, free.id]);
	expect(summaries.get(person.id)).toMatchObject({
		owed: 2,
		completed: 0,
		openDueOn: '2025-12-31',
		started: true,
		hours: 0
	});
	expect(summaries.get(free.id)).toMatchObject({ owed: 0, openDueOn: null, started: false });
	expect(summaries.has(stranger.id)).toBe(false);
	expect(await summariseTraining(ctx, [])).toEqual(new Map());
});

test('lists the duties of a person, open ones first, each with its state', async ({ ctx: base }) => {
	const person = await aPerson(base);
	await anObligation(base, { person, dueOn: '2026-12-31', withdrawnAt: base.now, withdrawnBecause: '计划调整' });
	await anObligation(base, { person, dueOn: '2026-11-01' });

	const duties = await listTrainingOf(base, person.id);
	expect(duties.map(({ state, dueOn }) => [state, dueOn])).toEqual([
		['overdue', '2026-11-01'],
		['withdrawn', '2026-12-31']
	]);
	expect(duties[0]?.reason).toBeTruthy();
});
