import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pauseUntil } from '#lib/server/courses/pause-rule.ts';

const start = Date.parse('2026-11-23T02:00:00Z');
const minute = 60_000;
const failures = (count: number) => Array.from({ length: count }, (_, index) => new Date(start + index * minute));
const minutesAfter = (count: number) => {
	const until = pauseUntil(failures(count));
	return until && (until.getTime() - (start + (count - 1) * minute)) / minute;
};

test.each([
	{ failed: 0, minutes: null },
	{ failed: 1, minutes: null },
	{ failed: 2, minutes: 10 },
	{ failed: 3, minutes: null },
	{ failed: 4, minutes: 20 },
	{ failed: 6, minutes: 40 },
	{ failed: 14, minutes: 640 },
	{ failed: 16, minutes: 1280 },
	{ failed: 18, minutes: 1440 },
	{ failed: 40, minutes: 1440 }
])('after $failed failures the pause is $minutes minutes', ({ failed, minutes }) => {
	expect(minutesAfter(failed)).toBe(minutes);
});

test('no pause is longer than a day or shorter than the one before, in whatever order failures come', () => {
	fc.assert(
		fc.property(fc.integer({ min: 1, max: 400 }), (pairs) => {
			const [before, pause] = [minutesAfter(2 * pairs), minutesAfter(2 * pairs + 2)];
			expect(pause).toBeGreaterThanOrEqual(before!);
			expect(pause).toBeLessThanOrEqual(24 * 60);
			expect(pauseUntil(failures(2 * pairs).reverse())).toEqual(pauseUntil(failures(2 * pairs)));
		})
	);
});
