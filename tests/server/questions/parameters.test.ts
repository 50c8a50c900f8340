import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countCombinations, drawParameters, enumerateParameters } from '#lib/server/questions/parameters.ts';
import { formatRational } from '#lib/server/questions/rational.ts';

const range = fc
	.record({
		min: fc.integer({ min: 0, max: 500 }),
		count: fc.integer({ min: 1, max: 12 }),
		step: fc.integer({ min: 1, max: 9 })
	})
	.map(({ min, count, step }) => ({ min, max: min + (count - 1) * step, step }));
const ranges = fc.dictionary(fc.stringMatching(/^[a-z]{2,6}$/), range, { minKeys: 1, maxKeys: 3 });

test('draws the same for the same seed, and always inside the ranges', () => {
	fc.assert(
		fc.property(ranges, fc.uuid(), (parameters, seed) => {
			const drawn = drawParameters(parameters, seed);
			expect(drawParameters(parameters, seed)).toEqual(drawn);
			for (const [name, { min, max, step }] of Object.entries(parameters)) {
				expect(drawn[name]).toBeGreaterThanOrEqual(min);
				expect(drawn[name]).toBeLessThanOrEqual(max);
				expect((drawn[name]! - min) % step).toBe(0);
			}
		})
	);
});

test('enumerates every combination once', () => {
	fc.assert(
		fc.property(ranges, (parameters) => {
			const seen = [...enumerateParameters(parameters)].map((each) => [...each.values()].map(formatRational).join());
			expect(seen).toHaveLength(countCombinations(parameters));
			expect(new Set(seen).size).toBe(seen.length);
		})
	);
});

test('steps of a tenth stay exact', () => {
	const values = [...enumerateParameters({ hours: { min: 0.1, max: 0.5, step: 0.1 } })];
	expect(values.map((each) => formatRational(each.get('hours')!))).toEqual(['0.1', '0.2', '0.3', '0.4', '0.5']);
});

test('different seeds reach every value', () => {
	const drawn = Array.from(
		{ length: 200 },
		(_, seed) => drawParameters({ months: { min: 3, max: 8, step: 1 } }, `${seed}`).months
	);
	expect(new Set(drawn)).toEqual(new Set([3, 4, 5, 6, 7, 8]));
});
