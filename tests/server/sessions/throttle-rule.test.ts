import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pauseAfter } from '#lib/server/sessions/throttle-rule.ts';

test.each([
	{ failures: 4, seconds: 0 },
	{ failures: 5, seconds: 1 },
	{ failures: 8, seconds: 8 },
	{ failures: 500, seconds: 60 }
])('waits $seconds s after $failures failures on an account', ({ failures, seconds }) => {
	expect(pauseAfter(failures, 'account')).toBe(seconds);
});

test('never grows shorter with more failures, and never locks', () => {
	fc.assert(
		fc.property(fc.nat(10_000), fc.constantFrom('account' as const, 'address' as const), (failures, subject) => {
			expect(pauseAfter(failures + 1, subject)).toBeGreaterThanOrEqual(pauseAfter(failures, subject));
			expect(pauseAfter(failures, subject)).toBeLessThanOrEqual(60);
		})
	);
});

test('lets an office of hundreds mistype now and then', () => {
	expect(pauseAfter(99, 'address')).toBe(0);
});
