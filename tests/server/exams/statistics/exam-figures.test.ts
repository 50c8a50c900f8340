import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
	cronbachAlpha,
	excellentRate,
	participationRate,
	passRate,
	type SlotSums,
	standardError,
	type Turnout
} from '#lib/server/exams/statistics/exam-figures.ts';
import { alpha } from './naive.ts';

const sums = (values: number[]): SlotSums => ({
	n: values.length,
	x: values.reduce((sum, value) => sum + value, 0),
	xx: values.reduce((sum, value) => sum + value * value, 0)
});

function ofTable(table: number[][]) {
	const parts = table[0]!.map((_, part) => sums(table.map((row) => row[part]!)));
	return { parts, whole: sums(table.map((row) => row.reduce((sum, value) => sum + value, 0))) };
}

/*
 * Worked by hand. Four people, three questions of one point:
 *   1 1 1 → 3    1 1 0 → 2    1 0 0 → 1    0 0 0 → 0
 * Variances (n − 1): question 1 (¾ right): 4·¾·¼ / 3 = 1/4; question 2 (½): 4·½·½ / 3 = 1/3; question 3 (¼): 1/4. Sum 5/6.
 * Totals 3, 2, 1, 0: mean 1.5, Σ² = 2.25 + 0.25 + 0.25 + 2.25 = 5, variance 5/3.
 * α = 3/2 · (1 − (5/6) / (5/3)) = 3/2 · 1/2 = 0.75. Standard error: √(5/3) · √(1 − 0.75) = √(5/3) / 2 = 0.645497224…
 */
test('agrees with an example worked by hand', () => {
	const { parts, whole } = ofTable([
		[1, 1, 1],
		[1, 1, 0],
		[1, 0, 0],
		[0, 0, 0]
	]);
	expect(cronbachAlpha(parts, whole)).toBeCloseTo(0.75, 12);
	expect(standardError(Math.sqrt(5 / 3), 0.75)).toBeCloseTo(Math.sqrt(5 / 3) / 2, 12);
});

test('agrees with the textbook formula over whole tables', () => {
	const table = fc.integer({ min: 2, max: 8 }).chain((parts) =>
		fc.array(fc.array(fc.constantFrom(0, 0.5, 1, 2), { minLength: parts, maxLength: parts }), {
			minLength: 2,
			maxLength: 40
		})
	);
	fc.assert(
		fc.property(table, (table) => {
			const { parts, whole } = ofTable(table);
			const [ours, textbook] = [cronbachAlpha(parts, whole), alpha(table)];
			if (ours === null || textbook === null) expect(ours).toBe(textbook);
			else expect(Math.abs(ours - textbook)).toBeLessThan(1e-9 * Math.max(1, Math.abs(textbook)));
		})
	);
});

test('says nothing where there is nothing to say', () => {
	expect(cronbachAlpha([sums([1, 0])], sums([1, 0]))).toBeNull();
	expect(cronbachAlpha([sums([1, 1]), sums([1, 1])], sums([2, 2]))).toBeNull();
	expect(standardError(null, 0.5)).toBeNull();
	expect(standardError(2, -0.4)).toBe(2);
});

test('rates are of those due to sit, and of those who sat; the exempt are in none', () => {
	const turnout: Turnout = { due: 40, exempt: 5, sat: 30, absent: 10, passed: 24, failed: 6, excellent: 3 };
	expect([participationRate(turnout), passRate(turnout), excellentRate(turnout)]).toEqual([0.75, 0.8, 0.1]);
	const nobody: Turnout = { due: 0, exempt: 5, sat: 0, absent: 0, passed: 0, failed: 0, excellent: 0 };
	expect([participationRate(nobody), passRate(nobody), excellentRate(nobody)]).toEqual([null, null, null]);
});
