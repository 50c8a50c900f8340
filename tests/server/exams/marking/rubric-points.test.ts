import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rubricPoints, sumOfPoints } from '#lib/server/exams/marking/rubric-points.ts';

const rubric = (...points: number[]) => points.map((each) => ({ criterion: '要点', points: each }));

test.each([
	{ shares: [2, 1], points: 6, given: [4, 2], because: 'two thirds and one third' },
	{ shares: [1, 1, 1], points: 10, given: [3.34, 3.33, 3.33], because: 'the first of equals gets the remainder' },
	{ shares: [5], points: 12.5, given: [12.5], because: 'one line gives all' },
	{ shares: [3, 0], points: 4, given: [4, 0], because: 'a line may give nothing' }
])('scales $shares to $points points as $given: $because', ({ shares, points, given }) => {
	expect(rubricPoints(rubric(...shares), points)).toEqual(given);
});

test('the lines always add up to what the answer is worth', () => {
	const shares = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 20 });
	fc.assert(
		fc.property(shares, fc.integer({ min: 1, max: 10_000 }), (shares, hundredths) => {
			const given = rubricPoints(rubric(...shares), hundredths / 100);
			expect(sumOfPoints(given)).toBe(hundredths / 100);
			expect(given.every((each) => each >= 0)).toBe(true);
		})
	);
});
