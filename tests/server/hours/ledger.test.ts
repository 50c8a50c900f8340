import fc from 'fast-check';
import { expect } from 'vitest';
import { grantHours } from '#lib/server/hours/grant-hours.ts';
import { listYears } from '#lib/server/hours/list-entries.ts';
import { reverseHours } from '#lib/server/hours/reverse-hours.ts';
import { giveBackHours, takeBackHours } from '#lib/server/hours/take-back-hours.ts';
import { newId } from '#lib/server/platform/ids.ts';
import { someHours } from '#tests/factories/hours.ts';
import { aPerson } from '#tests/factories/people.ts';
import { as, aUnit } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

const acts = fc.array(
	fc.record({
		act: fc.constantFrom('grant' as const, 'reverse' as const, 'take-back' as const, 'give-back' as const),
		source: fc.integer({ min: 0, max: 2 }),
		hours: fc.integer({ min: 1, max: 40 }).map((halves) => halves / 2)
	}),
	{ maxLength: 14 }
);

test('never counts a source twice, whatever is granted, reversed, taken back and given back', async ({ ctx }) => {
	const unit = await aUnit(ctx);
	const hr = as(ctx, (await aPerson(ctx, { unit })).id, { role: 'hr', unit });
	await fc.assert(
		fc.asyncProperty(acts, async (acts) => {
			const { id: personId } = await aPerson(ctx, { unit });
			const sources = [0, 1, 2].map(() => ({ id: newId(), hours: 0, standing: false, byHand: false }));
			for (const { act, source, hours } of acts) {
				const model = sources[source]!;
				const where = { source: 'event' as const, sourceId: model.id };
				const entries = (await listYears(ctx, personId)).flatMap(({ entries }) => entries);
				const own = entries.filter(({ sourceId }) => sourceId === model.id);
				if (act === 'grant') {
					await grantHours(ctx, { personId, unitId: unit.id, category: 'class', hours, ...where });
					if (!model.standing && !model.byHand) Object.assign(model, { standing: true, hours });
				} else if (act === 'reverse') {
					await reverseHours(ctx, { personIds: [personId], ...where });
					model.standing = false;
				} else if (act === 'take-back' && model.standing) {
					await takeBackHours(hr, { entryId: own.find(({ stands }) => stands)!.id, because: '核对后不属实' });
					Object.assign(model, { standing: false, byHand: true });
				} else if (act === 'give-back' && model.byHand && !model.standing) {
					await giveBackHours(hr, { entryId: own.find(({ isTakenBack }) => isTakenBack)!.id, because: '补交了证明' });
					Object.assign(model, { standing: true, byHand: false });
				}
			}
			const years = await listYears(ctx, personId);
			const standing = years.flatMap(({ entries }) => entries.filter(({ stands }) => stands));
			expect(standing.map(({ sourceId, hours }) => `${sourceId} ${hours}`).sort()).toEqual(
				sources
					.filter(({ standing }) => standing)
					.map(({ id, hours }) => `${id} ${hours}`)
					.sort()
			);
			const sum = sources.reduce((sum, { standing, hours }) => sum + (standing ? hours : 0), 0);
			expect(years.reduce((sum, { hours }) => sum + hours, 0)).toBe(sum);
		}),
		{ numRuns: 40 }
	);
});

test('keeps hours in the unit of the day and carries the sum along when somebody is transferred', async ({ ctx }) => {
	const [former, later] = [await aUnit(ctx, { name: '劳动关系处' }), await aUnit(ctx, { name: '规划财务处' })];
	const person = await aPerson(ctx, { unit: former });
	await someHours(ctx, { personId: person.id, unitId: former.id, hours: 6 });
	await someHours(ctx, { personId: person.id, unitId: later.id, hours: 4.5 });
	const [year] = await listYears(ctx, person.id);
	expect(year).toMatchObject({ hours: 10.5, categories: [{ category: 'class', hours: 10.5 }] });
	expect(year!.entries.map(({ unit }) => unit).sort()).toEqual(['劳动关系处', '规划财务处'].sort());
});

test('takes hours back with the reason, once, and from then on its source enters them no more', async ({ ctx }) => {
	const unit = await aUnit(ctx);
	const hr = as(ctx, (await aPerson(ctx, { unit })).id, { role: 'hr', unit });
	const grant = await someHours(ctx, { personId: (await aPerson(ctx, { unit })).id, hours: 8 });
	const [before] = await listYears(ctx, grant.personId);
	const decision = { entryId: before!.entries[0]!.id, because: '签到表核对后不属实' };
	await takeBackHours(hr, decision);
	await expect(takeBackHours(hr, decision)).rejects.toThrow('hours.taken-back');
	await grantHours(ctx, grant);

	const [after] = await listYears(ctx, grant.personId);
	expect(after).toMatchObject({
		hours: 0,
		entries: [
			{ hours: -8, isReversal: true, isTakenBack: true, because: decision.because },
			{ hours: 8, stands: false }
		]
	});
});

test('lets nobody decide on their own hours, or on those of people out of reach', async ({ ctx }) => {
	const unit = await aUnit(ctx);
	const hr = as(ctx, (await aPerson(ctx, { unit })).id, { role: 'hr', unit });
	for (const [person, refusal] of [
		[hr.actor.personId, 'access.own-case'],
		[(await aPerson(ctx)).id, 'hours.not-found']
	] as const) {
		await someHours(ctx, { personId: person, hours: 8 });
		const [year] = await listYears(ctx, person);
		const act = takeBackHours(hr, { entryId: year!.entries[0]!.id, because: '核对' });
		await expect(act).rejects.toThrow(refusal);
	}
});
