import fc from 'fast-check';
import { expect } from 'vitest';
import { spreadPoints } from '#lib/server/exams/paper-entry/spread-points.ts';
import { test } from '#tests/setup/test.ts';

test('the parts add up to the points of the section, and none exceeds its worth', () => {
	expect(spreadPoints(10, [5, 5, 5])).toEqual([3.34, 3.33, 3.33]);
	const hundredths = (points: number) => Math.round(points * 100);
	fc.assert(
		fc.property(
			fc.array(fc.integer({ min: 1, max: 10_000 }), { minLength: 1, maxLength: 60 }),
			fc.double({ min: 0, max: 1, noNaN: true }),
			(worth, share) => {
				const given = Math.round(worth.reduce((sum, each) => sum + each, 0) * share) / 100;
				const parts = spreadPoints(
					given,
					worth.map((each) => each / 100)
				).map(hundredths);
				expect(parts.reduce((sum, each) => sum + each, 0)).toBe(hundredths(given));
				expect(parts.every((part, index) => part >= 0 && part <= worth[index]!)).toBe(true);
			}
		)
	);
});
